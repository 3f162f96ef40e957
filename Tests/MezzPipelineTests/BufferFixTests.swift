import MezzCore
import MezzEncode
import MezzPipeline
import MezzQC
import Testing

@Suite("Chunks that run the buffer dry")
struct BufferFixTests {
    private static let dry = BufferPace.Part(fullness: 0.4, missing: 1000)
    private static let fine = BufferPace.Part(fullness: 0.5, missing: 0)

    @Test("are told how full it is at first, and capped tighter with every further try")
    func escalates() {
        var known: [Int: BufferFix] = [:]
        for cap in [1, 0.85, 0.85 * 0.85] {
            let changes = BufferFix.changes([Self.fine, Self.dry], known: known, codec: .hevc)
            #expect(changes == [1: BufferFix(fullness: 0.4, cap: cap)])
            known.merge(changes) { _, new in new }
        }
        #expect(BufferFix.changes([Self.fine, Self.fine], known: known, codec: .hevc).isEmpty)
    }

    @Test("of an encoder that cannot be told, are capped at once")
    func untold() {
        #expect(BufferFix.changes([Self.dry], known: [:], codec: .av1)[0]?.cap == 0.85)
    }

    @Test("are not told of an emptier buffer than a key frame can live with")
    func leastFullness() {
        let empty = BufferPace.Part(fullness: 0, missing: 5)
        #expect(BufferFix.changes([empty], known: [:], codec: .avc)[0]?.fullness == 0.15)
    }

    @Test("get a recipe with the fix, in whole kilobits")
    func recipe() {
        let recipe = VideoRecipe(
            codec: .avc, preset: "medium", resolution: Resolution(width: 320, height: 180), frameRate: Rational(25),
            bitDepth: 8, color: ColorDescription(), maximumBps: 1_001_000, bufferBits: 1_001_000)
        let fixed = BufferFix(fullness: 0.25, cap: 0.85).applied(to: recipe)
        #expect(fixed.maximumBps == 850_000 && fixed.bufferBits == 850_000 && fixed.initialFullness == 0.25)
        #expect(X264().arguments(fixed, crf: 20).joined(separator: " ").contains("vbv-init=0.25"))
    }
}
