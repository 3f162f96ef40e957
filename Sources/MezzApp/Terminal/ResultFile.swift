import Foundation
import Glibc
import MezzCore

/// A file that a command writes besides what it prints.
struct ResultFile {
    let path: String

    /// Whether something other than a file lies there already.
    private var isSpecial: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// Finds out before the work that the file cannot be written after it.
    func check() throws(Failure) {
        let url = URL(fileURLWithPath: path)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
            throw Failure(.usage, what: "is a folder", place: path.printable, remedy: "name a file")
        }
        let needed = isSpecial ? url.path : url.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: needed) else {
            throw Failure(
                .failed, what: "cannot be written", place: path.printable,
                remedy: "name a file in a folder that exists and can be written")
        }
    }

    /// Written aside, then renamed: nobody sees half a file. A device or a pipe is written to where it is, for a rename
    /// would put a file in its place: `/dev/null` must stay what it is.
    func write(_ text: String) throws(Failure) {
        do {
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
            if isSpecial {
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                try handle.write(contentsOf: Data(text.utf8))
                try handle.close()
            } else {
                try Data(text.utf8).write(to: target, options: .atomic)
            }
        } catch {
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw Failure(
                .failed, what: isFull ? "the disk is full" : "cannot be written", place: path.printable,
                remedy: isFull ? "free space and run again" : "name a file in a folder that can be written",
                detail: String(describing: error))
        }
    }
}
