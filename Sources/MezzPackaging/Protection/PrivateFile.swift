package import Foundation
import Glibc
package import MezzCore

/// A file that only its owner reads.
package enum PrivateFile {
    /// Writes a file of mode 0600 where there is none.
    /// - Throws: `Failure`: something is there already, or it cannot be written; what was written of it is removed.
    package static func create(_ data: Data, at path: String) throws(Failure) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            let code = errno
            throw Failure(
                code == EEXIST ? .usage : .failed,
                what: code == EEXIST ? "is there already" : String(cString: strerror(code)), place: path.printable,
                remedy: "name a file that is not there yet, in a folder that can be written")
        }
        // Whatever the caller's mask takes away, nobody else gets rights.
        let isWritten = fchmod(file, 0o600) == 0 && write(data, to: file) && fsync(file) == 0
        let code = errno
        close(file)
        guard isWritten else {
            unlink(path)
            throw Failure(
                .failed, what: String(cString: strerror(code)), place: path.printable,
                remedy: "make room, and run again")
        }
    }

    private static func write(_ data: Data, to file: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
