import Foundation
import MezzCore

/// Where in a document something stands, and how its small values are read. Errors name the place, never a value that
/// could be a key.
struct CPIXPlace {
    /// The document, as errors call it.
    let file: String
    /// "line 12, ContentKey 2"; empty for the document as a whole.
    private let part: String

    init(_ file: String, part: String = "") {
        self.file = file
        self.part = part
    }

    /// - Parameters:
    ///   - number: Among its like, from 1.
    func of(_ element: CPIXElement, _ number: Int) -> CPIXPlace {
        let name = element.name.split(separator: ":").last.map(String.init) ?? element.name
        return CPIXPlace(file, part: "line \(element.line), \(name) \(number)")
    }

    var text: String { part.isEmpty ? file.printable : "\(file.printable), \(part)" }

    /// Without the file, for messages that name several places.
    var short: String { part }

    func failure(_ what: String, _ remedy: String) -> Failure {
        Failure(.input, what: what, place: text, remedy: remedy)
    }

    /// - Parameter name: Of the value, for messages.
    /// - Throws: `Failure` when it is no base64 (RFC 4648) of these many bytes.
    func base64(_ text: String, _ name: String, bytes: ClosedRange<Int>) throws(Failure) -> [UInt8] {
        let packed = String(text.filter { !$0.isWhitespace })
        guard let data = Data(base64Encoded: packed), !data.isEmpty else {
            throw failure("the \(name) is no base64", "ask for the document again; it may be cut off")
        }
        guard bytes.contains(data.count) else {
            let wanted =
                bytes.count == 1 ? "\(bytes.lowerBound)" : "\(bytes.lowerBound) to \(bytes.upperBound)"
            throw failure("the \(name) has \(data.count) bytes, not \(wanted)", "ask for a document with whole keys")
        }
        return Array(data)
    }

    /// - Throws: `Failure` when an attribute that names a key is missing, or is no UUID.
    func keyID(_ element: CPIXElement) throws(Failure) -> [UInt8] {
        guard let id = element["kid"].flatMap(Hex.bytes), id.count == 16 else {
            throw failure("the kid is missing, or is no UUID", "write 32 hexadecimal digits, with hyphens or without")
        }
        return id
    }

    /// - Throws: `Failure` when the element says another algorithm than the one that CPIX has for this.
    func check(algorithm: String?, is wanted: String, of name: String) throws(Failure) {
        guard algorithm != wanted else { return }
        throw failure(
            "the algorithm of the \(name) is \(algorithm.map(\.printable) ?? "missing")",
            "ask for \(wanted), which CPIX has for this")
    }
}
