import Glibc

/// A regular file as bytes, read by position.
package final class FileBytes: ByteSource {
    private let descriptor: Int32
    package let count: Int

    /// - Parameter followsLinks: By default a symbolic link is refused, so that a package cannot make mezz read
    ///   something else.
    /// - Throws: `FormatError` with `unreadable` when there is no regular file at `path`.
    package init(_ path: String, followsLinks: Bool = false) throws(FormatError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else { throw FormatError(.unreadable, "the file cannot be opened", at: 0) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= 0 else {
            close(descriptor)
            throw FormatError(.unreadable, "not a regular file", at: 0)
        }
        self.descriptor = descriptor
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    package func bytes(_ range: Range<Int>) throws(FormatError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw FormatError(.truncated, "read beyond the end of the file", at: range.lowerBound)
        }
        var result = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < range.count {
            let got = result.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress?.advanced(by: done), range.count - done,
                    off_t(range.lowerBound + done))
            }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else {
                throw FormatError(.unreadable, "the file cannot be read", at: range.lowerBound + done)
            }
            done += got
        }
        return result
    }

    /// The whole file.
    /// - Parameter limit: Size in bytes above which it is refused.
    package static func contents(of path: String, limit: Int) throws(FormatError) -> [UInt8] {
        let file = try FileBytes(path)
        guard file.count <= limit else { throw FormatError(.tooLarge, "more than \(limit) bytes", at: 0) }
        return try file.bytes(0..<file.count)
    }
}
