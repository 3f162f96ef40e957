import Foundation
package import MezzCore

/// A folder of this user's alone on the local disk, for named pipes and whatever nobody keeps.
package struct TemporaryFolder: Sendable {
    package let path: String

    /// - Parameter purpose: A word in its name, so that a person who finds one knows what it was for.
    /// - Throws: `Failure` (`failed`) when the folder cannot be made.
    package init(_ purpose: String) throws(Failure) {
        path = NSTemporaryDirectory() + "/mezz-\(purpose)-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .failed, what: "no temporary folder can be made", place: path.printable,
                remedy: "set TMPDIR to a folder that can be written", detail: String(describing: error))
        }
    }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
