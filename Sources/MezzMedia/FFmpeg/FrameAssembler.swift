/// Cuts a byte stream into frames of a fixed size, in bounded memory.
package struct FrameAssembler {
    private let frameBytes: Int
    private var partial: [UInt8] = []
    /// Whole frames handed on so far.
    package private(set) var frames = 0

    package init(frameBytes: Int) {
        precondition(frameBytes > 0, "a frame has bytes")
        self.frameBytes = frameBytes
        partial.reserveCapacity(frameBytes)
    }

    /// Bytes of an unfinished last frame; not 0 at the end means that the stream was cut off.
    package var pendingBytes: Int { partial.count }

    /// Hands each frame that `bytes` completes to `body`, with its number.
    package mutating func append(
        _ bytes: UnsafeRawBufferPointer, _ body: (Int, UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        var rest = bytes[...]
        if !partial.isEmpty {
            let taken = rest.prefix(frameBytes - partial.count)
            partial.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
            guard partial.count == frameBytes else { return }
            try partial.withUnsafeBytes { try body(frames, $0) }
            frames += 1
            partial.removeAll(keepingCapacity: true)
        }
        while rest.count >= frameBytes {
            try body(frames, UnsafeRawBufferPointer(rebasing: rest.prefix(frameBytes)))
            frames += 1
            rest = rest.dropFirst(frameBytes)
        }
        partial.append(contentsOf: rest)
    }
}
