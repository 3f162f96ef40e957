import Glibc
package import MezzCore
import Synchronization

/// A named pipe into which a child process writes raw frames. The child waits while nobody reads, so a slow reader
/// costs no memory.
package final class FramePipe: ByteInput {
    /// What the child opens, as an output file.
    package let path: String
    private let descriptor: Int32
    private let state = Mutex(State())

    private struct State {
        var writerHasEnded = false
        var isCancelled = false
    }

    /// Linux's F_SETPIPE_SZ, which Glibc's module does not show.
    private static let setPipeSize: Int32 = 1031
    /// Bytes the kernel keeps between writer and reader: the most it gives without privileges.
    private static let capacity: Int32 = 1 << 20
    /// Milliseconds between looks at whether the writer still lives.
    private static let patience: Int32 = 50

    /// Makes the pipe in a work folder.
    /// - Throws: `Failure` (`failed`) when the file system refuses.
    package init(path: String) throws(Failure) {
        self.path = path
        unlink(path)
        guard mkfifo(path, 0o600) == 0 else { throw Self.refused(path) }
        // Without O_NONBLOCK the call would wait for a writer that may never come.
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refused(path) }
        _ = fcntl(descriptor, Self.setPipeSize, Self.capacity)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Tells the reader that the child is gone: what it wrote is still read, then the input ends.
    package func writerEnded() { state.withLock { $0.writerHasEnded = true } }

    package func cancel() { state.withLock { $0.isCancelled = true } }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let hasEnded = try state.withLock { state in
                guard !state.isCancelled else { throw CancellationError() }
                return state.writerHasEnded
            }
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&poller, 1, hasEnded ? 0 : Self.patience)
            if ready == 0, !hasEnded { continue }
            let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            if count > 0 {
                filled += count
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                if hasEnded { break }
            } else {
                // 0 before a writer has come means nothing yet; after it has hung up it is the end.
                if hasEnded || Int32(poller.revents) & POLLHUP != 0 { break }
            }
        }
        return filled
    }

    private static func refused(_ path: String) -> Failure {
        Failure(
            .failed, what: "no pipe can be made: \(String(cString: strerror(errno)))", place: path.printable,
            remedy: "keep the output on a local file system")
    }
}
