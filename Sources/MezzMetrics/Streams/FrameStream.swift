import Foundation
package import MezzMedia
package import MezzPixels

/// Reads raw pictures ahead of their use, on a thread of its own. At most a few pictures wait; the input's writer
/// waits with them.
package final class FrameStream: @unchecked Sendable {
    // Unchecked: `turn` guards all that changes.

    /// The end of an input.
    package enum End: Sendable, Hashable {
        /// After a whole frame.
        case whole
        /// Inside the frame after the last one delivered; these many of its bytes were there.
        case partial(bytes: Int)
    }

    package let format: PictureFormat
    private let input: any ByteInput
    private let turn = NSCondition()
    private var waiting: [Picture] = []
    private var ending: Result<End, any Error>?
    private var isDismissed = false
    private var cpu = 0.0

    /// Pictures read ahead.
    private static let ahead = 2

    package init(_ input: any ByteInput, format: PictureFormat) {
        self.input = input
        self.format = format
    }

    /// Begins to read.
    package func start() {
        let thread = Thread { [self] in
            let result = Result { try readAll() }
            turn.withLock {
                ending = result
                cpu = ThreadClock.cpuSeconds
                turn.broadcast()
            }
        }
        thread.name = "mezz-frames"
        thread.start()
    }

    /// Waits for the next picture.
    /// - Returns: `nil` at the end; `end` tells how it ended.
    /// - Throws: What the input threw.
    package func next() throws -> Picture? {
        try turn.withLock {
            while waiting.isEmpty {
                if let ending {
                    _ = try ending.get()
                    return nil
                }
                turn.wait()
            }
            let picture = waiting.removeFirst()
            turn.broadcast()
            return picture
        }
    }

    /// How the input ended; `nil` while it goes on or when it failed.
    package var end: End? { turn.withLock { try? ending?.get() } }

    /// CPU seconds of the reading, once it has ended.
    package var cpuSeconds: Double { turn.withLock { cpu } }

    /// Stops reading; pictures that wait are dropped.
    package func dismiss() {
        input.cancel()
        turn.withLock {
            isDismissed = true
            waiting = []
            turn.broadcast()
        }
    }

    private func readAll() throws -> End {
        var pool: [Picture] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: format.frameBytes, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            guard count == buffer.count else { return count == 0 ? .whole : .partial(bytes: count) }
            let picture = Self.free(in: &pool, format: format)
            picture.fill(from: UnsafeRawBufferPointer(buffer))
            guard hand(on: picture) else { throw CancellationError() }
        }
    }

    /// A picture nobody holds any more, or a new one.
    private static func free(in pool: inout [Picture], format: PictureFormat) -> Picture {
        for index in pool.indices where isKnownUniquelyReferenced(&pool[index]) { return pool[index] }
        let picture = Picture(format: format)
        pool.append(picture)
        return picture
    }

    private func hand(on picture: Picture) -> Bool {
        turn.withLock {
            while waiting.count >= Self.ahead, !isDismissed { turn.wait() }
            guard !isDismissed else { return false }
            waiting.append(picture)
            turn.broadcast()
            return true
        }
    }
}
