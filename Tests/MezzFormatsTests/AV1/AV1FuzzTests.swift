import MezzFormats
import Testing

@Suite("AV1 headers of spoilt streams", .timeLimit(.minutes(5)))
struct AV1FuzzTests {
    static let samples = [
        AV1Sample("grain", ["libsvtav1", "-preset", "12", "-svtav1-params", "film-grain=8"], size: "64x64"),
        AV1Sample(
            "resizing, tiles",
            ["libaom-av1", "-cpu-used", "8", "-aom-params", "resize-mode=3:tile-columns=1:error-resilient=1"],
            size: "256x128"),
        AV1Sample("timing", ["libaom-av1", "-cpu-used", "8", "-aom-params", "timing-info=model"], size: "64x64"),
    ]

    /// The stream, its temporal units and the first bytes of each OBU.
    private static func stream(_ sample: AV1Sample) throws -> (bytes: [UInt8], units: [Range<Int>], places: [Int]) {
        let bytes = try sample.make().stream
        var places: [Int] = []
        var position = 0
        while position < bytes.count {
            let obu = try AV1OBU.read(bytes, at: position, end: bytes.count)
            places += obu.range.prefix(40)
            position = obu.range.upperBound
        }
        return (bytes, try AV1OBU.temporalUnits(bytes), places)
    }

    @Test("they are read or refused", arguments: samples)
    func mutations(_ sample: AV1Sample) throws {
        let (bytes, units, places) = try Self.stream(sample)
        var mutations = Mutations(seed: 3)
        var (read, refused) = (0, 0)
        for _ in 0..<7000 {
            let spoilt = mutations.spoil(bytes, at: places)
            var reader = AV1StreamReader()
            for unit in units where unit.upperBound <= spoilt.count {
                do {
                    let frames = try reader.read(spoilt, unit).frames
                    #expect(frames.allSatisfy { $0.bytes <= unit.count && $0.largestTile <= unit.count })
                    read += 1
                } catch {
                    refused += 1
                }
            }
            _ = try? AV1OBU.temporalUnits(spoilt)
        }
        #expect(read > 0 && refused > 0)
    }

    @Test("a unit cut at any byte is refused, or ends with an OBU", arguments: samples)
    func cuts(_ sample: AV1Sample) throws {
        let (bytes, units, _) = try Self.stream(sample)
        let unit = try #require(units.first)
        var ends = Set([unit.lowerBound])
        var position = unit.lowerBound
        while position < unit.upperBound {
            position = try AV1OBU.read(bytes, at: position, end: unit.upperBound).range.upperBound
            ends.insert(position)
        }
        for end in unit {
            var reader = AV1StreamReader()
            let isRead = (try? reader.read(bytes, unit.lowerBound..<end)) != nil
            #expect(!isRead || ends.contains(end))
        }
    }
}
