import Foundation

/// The files behind the golden tables: made by FFmpeg's generators, taken from the test media, or drawn.
///
/// They stay in a folder of the system's temporary files (or the one that `MEZZ_GOLDEN_PAIRS` names), so that only the
/// first run pays for them.
package struct GoldenPairs: Sendable {
    private let folder: String
    private let tools: TestTools
    private static let media =
        ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media"

    package init() throws {
        let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        folder = ProcessInfo.processInfo.environment["MEZZ_GOLDEN_PAIRS"] ?? base + "/mezz-golden-pairs"
        tools = try TestTools()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// - Returns: Paths of the pair's files; `nil` (and a printed line) when they cannot be had here.
    package func files(of pair: GoldenPair) async throws -> (reference: String, distorted: String)? {
        guard let reference = try await file(pair.reference, of: pair),
            let distorted = try await file(pair.distorted, of: pair)
        else {
            print("golden pair \(pair.name) is left out: its files cannot be made here as they were")
            return nil
        }
        return (reference, distorted)
    }

    private func file(_ name: String, of pair: GoldenPair) async throws -> String? {
        for known in [folder + "/" + name, Self.media + "/vmaf/" + name]
        where FileManager.default.fileExists(atPath: known) {
            return known
        }
        switch pair.origin {
        case "gen_pairs.sh": try await generate(pair)
        case "recover_yuv.py": try GoldenPatterns(media: Self.media + "/vmaf").write(name, to: folder)
        default: return nil
        }
        let made = folder + "/" + name
        return FileManager.default.fileExists(atPath: made) ? made : nil
    }

    /// Runs the script that made the pair, and keeps the files if they are the same to the byte.
    private func generate(_ pair: GoldenPair) async throws {
        try await TestFolder.with { work in
            let environment = ProcessInfo.processInfo.environment.merging(["FFMPEG": tools.ffmpeg]) { _, new in new }
            let script = GoldenTable.folder + "/gen_pairs.sh"
            let end = try await Child(
                "/bin/bash", [script, work.path, pair.name], environment: environment, in: work
            ).end(within: 120)
            let made = Set(((try? work.text("SHA256SUMS")) ?? "").split(separator: "\n"))
            let expected = try String(contentsOfFile: GoldenTable.folder + "/pairs.SHA256SUMS", encoding: .utf8)
                .split(separator: "\n").filter {
                    $0.hasSuffix("  " + pair.reference) || $0.hasSuffix("  " + pair.distorted)
                }
            guard end.status == 0, !expected.isEmpty, made.isSuperset(of: expected) else { return }
            for name in [pair.reference, pair.distorted] {
                try? FileManager.default.moveItem(atPath: work(name), toPath: folder + "/" + name)
            }
        }
    }
}
