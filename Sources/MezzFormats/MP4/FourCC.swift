/// The four-character code of a box, handler or codec.
package struct FourCC: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let code: UInt32

    package init(code: UInt32) {
        self.code = code
    }

    /// The first four bytes of the text; a shorter one is filled with spaces.
    package init(stringLiteral text: StaticString) {
        var value: UInt32 = 0
        var bytes = text.description.utf8.makeIterator()
        for _ in 0..<4 { value = value << 8 | UInt32(bytes.next() ?? 0x20) }
        code = value
    }

    /// Printable characters as they are, others as "?".
    package var description: String {
        String(
            String.UnicodeScalarView(
                [24, 16, 8, 0].map { shift in
                    let byte = UInt8(truncatingIfNeeded: code >> UInt32(shift))
                    return Unicode.Scalar((0x20...0x7E).contains(byte) ? byte : 0x3F)
                }))
    }
}
