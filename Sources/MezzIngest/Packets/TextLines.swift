/// Cuts what a program prints into lines as it streams by. A line that is longer than any of ours loses its end: it is
/// hostile, and its reader refuses what is left.
struct TextLines {
    private var line: [UInt8] = []

    /// Bytes of a line that are kept.
    private static let limit = 200

    /// Gives each line that `bytes` completes to `read`.
    mutating func append(_ bytes: UnsafeRawBufferPointer, _ read: (String) -> Void) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                read(String(decoding: line, as: UTF8.self))
                line.removeAll(keepingCapacity: true)
            } else if line.count < Self.limit {
                line.append(byte)
            }
        }
    }
}
