/// Which names are let through to a server.
package enum S3Names {
    /// Bytes of a prefix: a key has 1,024 at most, and `objects/`, a hash and a slash follow.
    package static let prefixLimit = 900

    /// Amazon's rules ("Bucket naming rules"), without those about reserved prefixes.
    package static func isBucket(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (3...63).contains(bytes.count), bytes.allSatisfy({ isLabel($0) || $0 == UInt8(ascii: ".") }) else {
            return false
        }
        let edges = [bytes.first, bytes.last].compactMap(\.self)
        let isAddress = bytes.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
        return edges.allSatisfy { isLabel($0) && $0 != UInt8(ascii: "-") } && !text.contains("..") && !isAddress
    }

    /// Whether the text can stand before keys, without the slash at its end.
    package static func isPrefix(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        // Servers and proxies tidy "." and ".." away, and then the signature is wrong.
        return text.utf8.count <= prefixLimit && parts.allSatisfy { !["", ".", ".."].contains($0) }
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    /// Lower-case letters, digits and the hyphen.
    static func isLabel(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }
}
