/// Bytes that can be read at any place: an array in memory, or a file of which only the headers are wanted.
package protocol ByteSource {
    var count: Int { get }
    /// The bytes of `range`, all of them or an error.
    func bytes(_ range: Range<Int>) throws(FormatError) -> [UInt8]
}

extension [UInt8]: ByteSource {
    package func bytes(_ range: Range<Int>) throws(FormatError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw FormatError(.truncated, "read beyond the end", at: range.lowerBound)
        }
        return Array(self[range])
    }
}
