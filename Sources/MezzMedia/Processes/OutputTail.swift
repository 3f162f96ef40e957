/// The last lines of a stream of bytes, in bounded memory whatever the stream does.
package struct OutputTail: Sendable {
    private let lineLimit: Int
    private let lengthLimit: Int
    private var complete: [String] = []
    private var partial: [UInt8] = []

    /// - Parameters:
    ///   - lines: How many lines are kept.
    ///   - length: How many bytes of a line are kept.
    package init(lines: Int = 40, length: Int = 500) {
        lineLimit = lines
        lengthLimit = length
    }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                endLine()
            } else if partial.count < lengthLimit {
                partial.append(byte)
            }
        }
    }

    /// The kept lines, oldest first, an unfinished last one included.
    package var lines: [String] {
        partial.isEmpty ? complete : complete + [Self.text(partial)]
    }

    private mutating func endLine() {
        guard !partial.isEmpty else { return }
        complete.append(Self.text(partial))
        if complete.count > lineLimit { complete.removeFirst(complete.count - lineLimit) }
        partial.removeAll(keepingCapacity: true)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
