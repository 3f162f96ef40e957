import Glibc
package import MezzCore

/// Where a thread reads bytes in order.
package protocol ByteInput: Sendable {
    /// Fills `buffer` from the input; blocks until it is full or nothing more comes.
    /// - Returns: Bytes read: fewer than asked for only at the end.
    /// - Throws: `Failure` when reading fails; `CancellationError` after `cancel`.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
    /// Makes a blocked or later `read` throw. Any thread may call it.
    func cancel()
}

/// A plain file.
package final class FileInput: ByteInput {
    private let descriptor: Int32
    private let path: String

    /// - Parameter skipping: Bytes left out at the beginning.
    /// - Throws: `Failure` (`input`) when the file cannot be opened.
    package init(path: String, skipping: Int = 0) throws(Failure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0, lseek(descriptor, off_t(skipping), SEEK_SET) >= 0 else {
            throw Failure(
                .input, what: "cannot be read: \(String(cString: strerror(errno)))", place: path.printable,
                remedy: "check the path and its permissions")
        }
    }

    deinit { close(descriptor) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(
                    .input, what: "cannot be read: \(String(cString: strerror(errno)))", place: path.printable,
                    remedy: "check the disk and run again")
            }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }

    /// A file never blocks for long: there is nothing to interrupt.
    package func cancel() {}
}
