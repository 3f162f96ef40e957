import Foundation
import MezzTestKit
import Testing

@Suite("Film grain that AV1 decoders put back", .serialized, .timeLimit(.minutes(10)))
struct FilmGrainTests {
    /// Slow waves with white grain of `strength` in FFmpeg's terms: a third of that in standard deviations.
    private static func film(_ name: String, grain strength: Int, in folder: TestFolder) async throws -> String {
        let noise = strength > 0 ? ",noise=c0s=\(strength):c0f=t+u:all_seed=7" : ""
        return try await MediaMaker(in: folder).make(
            name,
            [
                "-f", "lavfi", "-i",
                "nullsrc=s=320x180:r=25:d=2,format=yuv420p10le,geq=lum='4*(60+100*X/W+20*sin((Y+2*N)/25))':"
                    + "cb=512:cr=540\(noise)",
                "-frames:v", "50", "-c:v", "ffv1",
            ])
    }

    private static let encode = ["encode", "--ladder", "category", "--codec", "av1", "--preset", "10"]

    private static func finding(_ code: String, _ package: EncodedPackage) -> String? {
        package.report["qc"]["findings"].items.first { $0["code"].string == code }?["message"].string
    }

    @Test("A grainy title is encoded without its grain, which is put back as strong as it was", .tags(.slow))
    func automatic() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.film("film.mkv", grain: 12, in: folder)
            for (wish, name) in [("auto", "with"), ("off", "without")] {
                let end = try await MezzProgram(in: folder).run(
                    Self.encode + [source, "-o", name, "--film-grain", wish])
                #expect(end.status == 0, "\(end.errorText)\(end.text)")
            }
            let (with, without) = (try EncodedPackage("with", in: folder), try EncodedPackage("without", in: folder))
            let told = try #require(Self.finding("ladder.film-grain", with))
            let numbers = told.matches(of: #/[0-9]+\.[0-9]+/#).compactMap { Double($0.0) }
            #expect(numbers.count == 2 && numbers[0] > 1.5 && abs(numbers[1] / numbers[0] - 0.9) < 0.25, "\(told)")
            #expect(Self.finding("quality.film-grain", with) == nil)
            #expect(Self.finding("ladder.film-grain", without) == nil)
            func quality(_ package: EncodedPackage) -> Double? {
                package.report["ladder"]["rungs"].items.first?["quality"]["mean"].number
            }
            // Grain that is coded costs bits or quality: what is compared without it comes out better.
            #expect((quality(with) ?? 0) > (quality(without) ?? 100) + 2, "\(quality(with) ?? 0)")
            let rung = try #require(with.rungs.first?.id)
            #expect(try await Self.change(folder("with/video/\(rung).mp4"), in: folder) > 1)
            let again = try await MezzProgram(in: folder).run(["qc", "with", "--source", source])
            #expect(again.status == 0, "\(again.errorText)\(again.text)")
        }
    }

    /// Standard deviation of what the decoder adds, code values of 8 bit.
    private static func change(_ path: String, in folder: TestFolder) async throws -> Double {
        let plain = ["-export_side_data", "+film_grain", "-i", "file:" + path]
        let end = try await MediaMaker(in: folder).ffmpeg(
            ["-nostats", "-i", "file:" + path] + plain + ["-lavfi", "[0:v][1:v]psnr", "-f", "null", "-"])
        let found = try #require(end.errorText.firstMatch(of: #/PSNR y:(inf|[0-9.]+)/#))
        return 255 / pow(10, (Double(found.1) ?? .infinity) / 20)
    }

    @Test("A clean title gets none, and a codec without it is refused", .tags(.slow))
    func clean() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.film("clean.mkv", grain: 0, in: folder)
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(Self.encode + [source, "-o", "out", "--film-grain", "auto"])
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            #expect(Self.finding("ladder.film-grain", try EncodedPackage("out", in: folder)) == nil)
            let other = try await mezz.run(["encode", source, "-o", "avc", "--codec", "avc", "--film-grain", "auto"])
            #expect(other.status == 64 && other.errorText.contains("--codec av1"), "\(other.errorText)")
            let level = try await mezz.run(Self.encode + [source, "-o", "out", "--film-grain", "51"])
            #expect(level.status == 64)
        }
    }
}
