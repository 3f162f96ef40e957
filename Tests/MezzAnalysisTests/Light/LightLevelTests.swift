import Foundation
import MezzAnalysis
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Light levels of PQ sources", .timeLimit(.minutes(3)))
struct LightLevelTests {
    @Test("Drawn light is measured to the candela", arguments: DrawnLight.all)
    func drawn(_ drawn: DrawnLight) async throws {
        try await TestFolder.with { folder in
            let film = LightFilm(frames: [drawn.planes], shape: drawn.shape)
            let measured = try await film.measure(folder)
            let plain = drawn.shape.levels(drawn.planes)
            #expect(abs(measured.maxContentLevel - plain.most) <= 0.001 * plain.most + 1e-3)
            #expect(abs(measured.maxFrameAverage() - plain.mean) <= 0.001 * plain.mean + 1e-3)
            // A step of 10 bits is 1.1% of the light.
            #expect(abs(plain.most - drawn.most) <= 0.012 * drawn.most + 0.01, "\(plain.most)")
            #expect(abs(plain.mean - drawn.mean) <= 0.012 * drawn.mean + 0.01, "\(plain.mean)")
            let light = try #require(measured.light())
            #expect(light.max == Int(plain.most.rounded()) || abs(plain.most - Double(light.max)) < 0.51)
        }
    }

    @Test("Noise in every layout is measured as by the plain way", arguments: LightFilm.shapes)
    func noise(_ shape: PlainLight) async throws {
        try await TestFolder.with { folder in
            var dice = SeededDice(seed: 11)
            let frames = (0..<3).map { _ in LightFilm.noise(shape, &dice) }
            let measured = try await LightFilm(frames: frames, shape: shape).measure(folder)
            let levels = frames.map(shape.levels)
            let (most, mean) = (levels.map(\.most).max() ?? 0, levels.map(\.mean).max() ?? 0)
            #expect(measured.frames == 3)
            #expect(abs(measured.maxContentLevel - most) <= 0.002 * most)
            #expect(abs(measured.maxFrameAverage() - mean) <= 0.001 * mean)
        }
    }

    @Test("The brightest frame counts and not the mean of all; ranges merge to the whole, in any order")
    func ranges() async throws {
        try await TestFolder.with { folder in
            let shape = PlainLight(width: 34, height: 18)
            let film = LightFilm(
                frames: (0..<30).map { LightFilm.gray(shape, $0 == 17 ? 700 : 300 + $0) }, shape: shape)
            let whole = try await film.measure(folder)
            let plain = shape.levels(LightFilm.gray(shape, 700))
            #expect(abs(whole.maxFrameAverage() - plain.mean) < 0.01 * plain.mean && whole.frames == 30)
            var parts: [LightMeasurement] = []
            for (first, end) in [(0, 7), (7, 18), (18, 30)] {
                parts.append(try await film.measure(folder, FrameRange(first: first, end: end)))
            }
            #expect(LightMeasurement.merged(parts) == whole)
            #expect(LightMeasurement.merged(parts.reversed()) == whole)
            #expect(parts[2].maxContentLevel < parts[1].maxContentLevel)
            let again = try JSONDecoder().decode(LightMeasurement.self, from: try JSONEncoder().encode(whole))
            #expect(again == whole)
            #expect(LightMeasurement.merged([]) == nil)
            let other = PlainLight(width: 32, height: 18)
            let stranger = try await LightFilm(frames: [LightFilm.gray(other, 300)], shape: other).measure(folder)
            #expect(LightMeasurement.merged([whole, stranger]) == nil)
        }
    }

    @Test("Bars count in the picture's mean, and not in that of what is lit", arguments: [(6, 0), (0, 10), (4, 8)])
    func bars(_ rows: Int, _ columns: Int) async throws {
        try await TestFolder.with { folder in
            let shape = PlainLight(width: 48, height: 32)
            var planes = LightFilm.gray(shape, 500)
            for place in 0..<48 * 32 {
                let (x, y) = (place % 48, place / 48)
                let isBar = y < rows || y >= 32 - rows || x < columns || x >= 48 - columns
                // Black with what coding adds to it.
                if isBar { planes[0][place] = UInt16(64 + place % 5) }
            }
            let dark = LightFilm.gray(shape, 64)
            let measured = try await LightFilm(frames: [dark, planes, dark], shape: shape).measure(folder)
            let level = PlainLight.light((500 - 64) / 876)
            let inside = Double((32 - 2 * rows) * (48 - 2 * columns))
            #expect(measured.lit?.rows == rows...31 - rows && measured.lit?.columns == columns...47 - columns)
            #expect(abs(measured.maxFrameAverage(over: .lit) - level) < 0.01 * level)
            #expect(abs(measured.maxFrameAverage(over: .picture) - level * inside / (48 * 32)) < 0.01 * level)
        }
    }

    @Test("Nothing lit is zero, and no frames say nothing")
    func dark() async throws {
        try await TestFolder.with { folder in
            let shape = PlainLight(width: 16, height: 16)
            let measured = try await LightFilm(frames: [LightFilm.gray(shape, 0)], shape: shape).measure(folder)
            #expect(measured.lit == nil && measured.maxContentLevel == 0)
            #expect(measured.light(over: .lit) == HDRMetadata.Light(max: 0, average: 0))
        }
    }

    @Test("HLG, SDR and colours that cannot be read one by one are refused, missing frames told")
    func refused() async throws {
        try await TestFolder.with { folder in
            let shape = PlainLight(width: 16, height: 16)
            let film = LightFilm(frames: [LightFilm.gray(shape, 300)], shape: shape)
            for (transfer, matrix) in [
                ("arib-std-b67", "bt2020nc"), ("bt709", "bt709"), (nil, nil), ("smpte2084", "ictcp"),
                ("smpte2084", "bt2020c"),
            ] {
                let video = film.video(transfer: transfer, matrix: matrix)
                #expect(!LightLevelMeter.applies(to: video))
                let failure = await #expect(throws: Failure.self) { try await film.measure(folder, video: video) }
                #expect(failure?.status == .input)
            }
            #expect(LightLevelMeter.applies(to: film.video()))
            let failure = await #expect(throws: Failure.self) {
                try await film.measure(folder, FrameRange(first: 0, end: 2))
            }
            #expect(failure?.what == "1 of 2 frames could be decoded")
        }
    }
}
