import Foundation
import MezzCore

/// A folder for named pipes, on the local disk.
struct PipeFolder {
    let path: String

    /// - Throws: `Failure` (`failed`) when the folder cannot be made.
    init() throws(Failure) {
        path = NSTemporaryDirectory() + "/mezz-index-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .failed, what: "no temporary folder can be made", place: path.printable,
                remedy: "set TMPDIR to a folder that can be written", detail: String(describing: error))
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
