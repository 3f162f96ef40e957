import MezzMetrics
import MezzPixels
import Testing

/// Whatever way the work is cut, every bit of every number stays.
@Suite("The engine gives the same bits every way", .timeLimit(.minutes(2)))
struct EngineAgreementTests {
    private static let format = PictureFormat(width: 348, height: 326, bitDepth: 10, chroma: .halfWidth)
    private static let frames = 5
    private static let models = [
        "vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_v1.0.16_3d0h", "vmaf_v1.0.16_hfr_5d0h", "vmaf_b_v0.6.3",
    ]

    @Test("on any number of threads", arguments: [2, 3, 5])
    func threads(_ threads: Int) throws {
        #expect(try Self.score([1, 2], threads: threads) == Self.score([1, 2]))
    }

    @Test("with either copy of the kernels", arguments: KernelChoice.available)
    func kernels(_ kernels: KernelChoice) throws {
        #expect(try Self.score([1, 2], kernels: kernels) == Self.score([1, 2]))
    }

    @Test("for an encode alone and among others")
    func encodes() throws {
        let together = try Self.score([1, 2, 3, 1])
        for (place, seed) in [1, 2, 3].enumerated() { #expect(try Self.score([seed])[0] == together[place]) }
        #expect(together[0] == together[3] && together[0] != together[1])
    }

    @Test("for a model alone and among others", arguments: models)
    func alone(_ name: String) throws {
        let all = try Self.score([1])[0]
        let one = try Self.score([1], models: [name])[0]
        #expect(one.names.allSatisfy { one[$0] == all[$0] })
    }

    @Test("for some frames and for all", arguments: [2, 3])
    func sampled(_ every: Int) throws {
        let all = try Self.score([1])[0]
        let some = try Self.score([1], every: every)[0]
        #expect(some.names == all.names && some.frames == Array(stride(from: 0, to: Self.frames, by: every)))
        for name in some.names { #expect(some[name] == some.frames.map { all[name]?[$0] ?? .nan }) }
    }

    private static func score(
        _ seeds: [Int], threads: Int = 1, every: Int = 1, models: [String] = models, kernels: KernelChoice = .best()
    ) throws -> [FrameScores] {
        let engine = try ScoringEngine(
            models: try models.map { try Model(named: $0) }, features: [.psnr, .ssim, .msSSIM], format: format,
            distorted: seeds.count, threads: threads, every: every, kernels: kernels)
        for frame in 0..<frames {
            engine.push(
                reference: picture(frame, noise: 0, seed: 0),
                distorted: seeds.map { picture(frame, noise: $0 * 24, seed: $0) })
        }
        return engine.finish()
    }

    /// A moving slope with blocks, and noise.
    private static func picture(_ frame: Int, noise: Int, seed: Int) -> Picture {
        let picture = Picture(format: format)
        var state = UInt64(frame * 97 + seed * 7_919 + 1)
        for (index, plane) in picture.planes.enumerated() {
            for y in 0..<plane.height {
                let row = (plane.base + y * plane.strideBytes).assumingMemoryBound(to: UInt16.self)
                for x in 0..<plane.width {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let place = x + 3 * frame + index * 11
                    let value = 200 + place + (place / 24 + y / 20) % 3 * 90 + Int(state >> 40) % (noise + 9)
                    row[x] = UInt16(min(1_023, value))
                }
            }
        }
        return picture
    }
}
