import Foundation
import MezzCore
package import MezzMedia

/// Takes the encryption off one track, to prove that it can be.
package struct Decryptor: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameters:
    ///   - files: Of one track, in order, in `folder`: one, or the initialization segment and the others.
    ///   - output: Name of the MP4 to write in `work`.
    /// - Throws: `Failure`, also when the key is not the track's.
    package func decrypt(
        _ files: [String], of folder: String, isVideo: Bool, with key: KeyRing.Key, to output: String, in work: String
    ) async throws {
        let input = work + "/encrypted.mp4"
        defer { try? FileManager.default.removeItem(atPath: input) }
        try Self.join(files.map { folder + "/" + $0 }, to: input)
        let arguments =
            [
                "in=encrypted.mp4,stream=\(isVideo ? "video" : "audio"),output=\(output),drm_label=\(PackagerKeys.name(0))"
            ]
            + ["--temp_dir", ".", "--quiet"] + PackagerKeys.flags
        try await runner.run(
            ToolCommand(
                .packager, arguments, workingDirectory: work, subject: "decryption of \(files.first ?? "")".printable,
                input: PackagerKeys.decryption(key)))
    }

    private static func join(_ files: [String], to path: String) throws {
        guard files.count != 1 else {
            return try FileManager.default.linkItem(atPath: files[0], toPath: path)
        }
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? output.close() }
        for file in files {
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            defer { try? input.close() }
            while let data = try input.read(upToCount: 1 << 20), !data.isEmpty { try output.write(contentsOf: data) }
        }
    }
}
