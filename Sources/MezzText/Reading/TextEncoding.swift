import Foundation
import MezzCore

/// How the characters of a text file are written as bytes.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1252 = "windows-1252"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case latin1 = "iso-8859-1"
    case latin2 = "iso-8859-2"
    case shiftJIS = "shift_jis"

    private var foundation: String.Encoding {
        switch self {
        case .utf8: .utf8
        case .utf16LittleEndian: .utf16LittleEndian
        case .utf16BigEndian: .utf16BigEndian
        case .windows1250: .windowsCP1250
        case .windows1251: .windowsCP1251
        case .windows1252: .windowsCP1252
        case .windows1253: .windowsCP1253
        case .windows1254: .windowsCP1254
        case .latin1: .isoLatin1
        case .latin2: .isoLatin2
        case .shiftJIS: .shiftJIS
        }
    }

    /// The text without its byte order mark, as UTF-8.
    /// - Parameter chosen: What the user says it is; else a byte order mark decides, and without one it must be UTF-8.
    /// - Throws: `Failure` (`input`) for bytes that are not in that encoding.
    static func decode(_ bytes: [UInt8], as chosen: TextEncoding?, place: String) throws(Failure) -> [UInt8] {
        let marked = mark(bytes)
        let encoding = chosen ?? marked?.encoding ?? .utf8
        let body = marked.map { $0.encoding == encoding ? bytes[$0.length...] : bytes[...] } ?? bytes[...]
        if encoding == .utf8 {
            guard String(validating: body, as: UTF8.self) != nil else { throw refusal(bytes, chosen, place) }
            return Array(body)
        }
        guard let text = String(data: Data(body), encoding: encoding.foundation) else {
            throw refusal(bytes, chosen, place)
        }
        return Array(text.utf8)
    }

    private static func mark(_ bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    private static func refusal(_ bytes: [UInt8], _ chosen: TextEncoding?, _ place: String) -> Failure {
        if let chosen {
            return Failure(
                .input, what: "the text is not \(chosen.rawValue)", place: place,
                remedy: "name another --encoding, or none if it is UTF-8")
        }
        let offset = firstBadByte(bytes)
        return Failure(
            .input, what: "the text is not UTF-8 (byte \(offset) fits no character) and has no byte order mark",
            place: place,
            remedy: "name its encoding, such as --encoding windows-1252; there are "
                + allCases.map(\.rawValue).joined(separator: ", "))
    }

    private static func firstBadByte(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var input = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&input) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput, .error: return offset
            }
        }
    }
}
