internal import FoundationEssentials

#if canImport(Glibc)
package import Glibc
#elseif canImport(Musl)
package import Musl
#endif

/// A file that is being written aside until it is whole.
///
/// Its writer holds the file's lock, which the system drops when the writer dies, however it dies. That tells leftovers
/// from files in use without trusting process numbers, which are reused and mean nothing between containers.
package struct PartialFile: ~Copyable, Sendable {
    private static let prefix = ".mezz-"
    private static let suffix = ".partial"

    /// The file, open for reading and writing.
    package let file: OpenFile

    /// Makes a new file in `folder`; `purpose` tells users who find it what it was.
    package init(in folder: String, for purpose: String) throws(StoreError) {
        while true {
            let path = "\(folder)/\(Self.prefix)\(purpose)-\(UUID().uuidString)\(Self.suffix)"
            let file = try OpenFile(path, flags: O_RDWR | O_CREAT | O_EXCL)
            // A sweep may come between making the file and locking it; then it has lost its name already.
            if try file.lock(waiting: true), try file.status().st_nlink > 0 {
                self.file = file
                return
            }
        }
    }

    /// Gives the file its final name, once its content is on the disk.
    package func publish(as path: String, mode: mode_t) throws(StoreError) {
        try file.setMode(mode)
        try file.synchronize()
        _ = try Folder.rename(file.path, to: path)
    }

    /// Removes the file unless it was published.
    package func discard() {
        unlink(file.path)
    }

    /// Removes what writers that no longer live left in `folder`.
    package static func sweep(_ folder: String) throws(StoreError) {
        for name in try Folder.names(in: folder) where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let path = "\(folder)/\(name)"
            // Its writer may publish or remove it at any moment, so a file that cannot be opened is no leftover.
            guard let file = try? OpenFile(path, flags: O_RDWR | O_NOFOLLOW) else { continue }
            if try file.lock(waiting: false) { try Folder.removeFile(path) }
        }
    }
}
