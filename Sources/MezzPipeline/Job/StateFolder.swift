import Foundation
import Glibc
import MezzCore

/// The output folder with its hidden state, held by one process at a time.
package final class StateFolder: Sendable {
    /// The package's folder.
    package let output: String
    private let lock: Int32
    private let madeOutput: Bool
    private let madeState: Bool

    /// Names that mezz writes at the top of an output folder.
    package static let names: Set<String> = [
        ".mezz", "manifest.mpd", "master.m3u8", "video", "audio", "text", "thumbnails", "report.json", "report.html",
        "job.json",
    ]

    package var root: String { output + "/.mezz" }
    package var database: String { root + "/state.db" }
    package var store: String { root + "/store" }
    package var scratch: String { root + "/scratch" }

    /// Makes the folder, or takes over one that mezz made.
    /// - Throws: `Failure`: `usage` when the folder holds something else, `failed` when it cannot be written,
    ///   `temporary` when another process works in it.
    package init(output path: String) throws {
        output = URL(fileURLWithPath: path).standardizedFileURL.path
        try Self.checkContents(output)
        madeOutput = !FileManager.default.fileExists(atPath: output)
        madeState = !FileManager.default.fileExists(atPath: output + "/.mezz")
        do {
            try FileManager.default.createDirectory(atPath: output + "/.mezz", withIntermediateDirectories: true)
        } catch {
            throw Self.unwritable(output)
        }
        lock = open(output + "/.mezz/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw Self.unwritable(output) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Failure(
                .temporary, what: "another mezz works in this folder", place: output.printable,
                remedy: "wait until it ends, or choose another -o")
        }
        try? FileManager.default.removeItem(atPath: scratch)
        do {
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        } catch {
            throw Self.unwritable(output)
        }
    }

    deinit { close(lock) }

    /// Removes what this run made beside a package: there is nothing to resume. State that was there before stays.
    package func withdraw() {
        try? FileManager.default.removeItem(atPath: scratch)
        guard madeState else { return }
        try? FileManager.default.removeItem(atPath: root)
        // Fails, as it should, when something else has come to lie there.
        if madeOutput { rmdir(output) }
    }

    private static func checkContents(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw Failure(
                .usage, what: "the output is a file", place: path.printable, remedy: "name a folder with -o")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { throw unwritable(path) }
        if names.contains(".mezz") || names.isEmpty { return }
        let isPackage = names.contains("job.json") && names.contains("report.json")
        if isPackage, Set(names).isSubset(of: Self.names) { return }
        throw Failure(
            .usage,
            what:
                "the output folder holds something else (\(names.sorted().prefix(3).map(\.printable).joined(separator: ", ")))",
            place: path.printable, remedy: "name an empty or new folder with -o: nothing there was touched")
    }

    private static func unwritable(_ path: String) -> Failure {
        let cause = String(cString: strerror(errno))
        return Failure(
            .failed, what: "the output folder cannot be written (\(cause))", place: path.printable,
            remedy: "choose another -o, or give this user the right to write there")
    }
}
