/// Percent-encoding as Signature Version 4 wants it: all but RFC 3986's unreserved characters.
package enum URIEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// A value of a query, a name.
    package static func encoded(_ text: String) -> String { encode(text, keeping: nil) }

    /// A path, whose slashes stay.
    package static func path(_ text: String) -> String { encode(text, keeping: UInt8(ascii: "/")) }

    private static func encode(_ text: String, keeping kept: UInt8?) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                if byte == kept {
                    result.append(byte)
                } else {
                    result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// A name and a value of a query, not encoded.
package struct QueryItem: Sendable, Hashable {
    /// What stands before the `=`.
    package let name: String
    /// What stands behind it; may be empty.
    package let value: String

    package init(_ name: String, _ value: String = "") {
        self.name = name
        self.value = value
    }
}

extension [QueryItem] {
    /// Encoded and sorted by encoded names, then values: the canonical query, which is also what is sent.
    package var canonical: String {
        map { (URIEncoding.encoded($0.name), URIEncoding.encoded($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
    }
}
