package import Foundation
package import MezzCore

/// Raw keys in JSON: `{"scheme":"cenc|cbcs","systems":[…],"keys":[{"label","kid","key","iv"}],"clear_lead_seconds":0}`.
package enum KeysFile {
    /// Reads a file, or with `env:NAME` an environment variable.
    /// - Throws: `Failure` (`input`) that names the entry that is wrong, never what it holds.
    package static func read(_ source: String, environment: [String: String]) throws(Failure) -> KeyRing {
        try parse(KeySource(source).read(environment), place: source)
    }

    private struct Document: Decodable {
        struct Key: Decodable {
            let label: String
            let kid: String
            let key: String
            let iv: String?
        }

        let scheme: String
        let systems: [String]?
        let keys: [Key]
        let clearLead: Double?

        private enum CodingKeys: String, CodingKey {
            case scheme, systems, keys
            case clearLead = "clear_lead_seconds"
        }
    }

    /// - Parameter place: What errors call the source.
    package static func parse(_ data: Data, place: String) throws(Failure) -> KeyRing {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: data)
        } catch let error as DecodingError {
            throw failure("the keys are no such JSON: \(words(error))", place, shape)
        } catch {
            throw failure("the keys are no such JSON", place, shape)
        }
        guard let scheme = Protection.Scheme(rawValue: document.scheme) else {
            throw failure("the scheme is neither cenc nor cbcs", place, "use one of them")
        }
        let lead = document.clearLead ?? 0
        guard lead >= 0, lead <= 3600 else {
            throw failure("clear_lead_seconds is not between 0 and 3600", place, "use 0 to encrypt from the beginning")
        }
        return KeyRing(
            scheme: scheme, systems: try systems(document.systems ?? [], place), clearLead: lead,
            keys: try keys(document.keys, place))
    }

    private static let shape =
        #"write {"scheme":"cbcs","systems":["widevine"],"keys":[{"label":"SD","kid":…,"key":…}]}"#

    private static func systems(_ names: [String], _ place: String) throws(Failure) -> [Protection.System] {
        var systems: [Protection.System] = []
        for name in names {
            guard let system = Protection.System(rawValue: name) else {
                let known = Protection.System.allCases.map(\.rawValue).joined(separator: ", ")
                throw failure("there is no protection system \(name.printable)", place, "use some of \(known)")
            }
            if !systems.contains(system) { systems.append(system) }
        }
        return systems
    }

    private static func keys(_ entries: [Document.Key], _ place: String) throws(Failure) -> [KeyRing.Key] {
        var keys: [KeyRing.Key] = []
        for (number, entry) in entries.enumerated() {
            let name = "\(place.printable), key \(number + 1)"
            guard let label = KeyLabel(rawValue: entry.label) else {
                throw failure("the label is none of AUDIO, SD, HD and UHD", name, "use one of them")
            }
            let id = try bytes(entry.kid, [16], "kid", name)
            guard !keys.contains(where: { $0.label == label }) else {
                throw failure("there are two keys labelled \(label.rawValue)", name, "give each label one key")
            }
            guard !keys.contains(where: { $0.id == id }) else {
                throw failure("another key has the same kid", name, "give each key an identifier of its own")
            }
            keys.append(
                KeyRing.Key(
                    label: label, id: id, secret: try bytes(entry.key, [16], "key", name),
                    vector: try entry.iv.map { text throws(Failure) in try bytes(text, [8, 16], "iv", name) }))
        }
        guard !keys.isEmpty else { throw failure("there are no keys", place, shape) }
        return keys
    }

    private static func bytes(
        _ text: String, _ lengths: [Int], _ field: String, _ place: String
    ) throws(Failure) -> [UInt8] {
        let wanted = lengths.map { String($0 * 2) }.joined(separator: " or ")
        guard let bytes = Hex.bytes(text) else {
            throw failure("the \(field) is not hexadecimal", place, "write \(wanted) hexadecimal digits")
        }
        guard lengths.contains(bytes.count) else {
            throw failure(
                "the \(field) has \(bytes.count) bytes, not \(lengths.map(String.init).joined(separator: " or "))",
                place,
                "write \(wanted) hexadecimal digits")
        }
        return bytes
    }

    /// Where, never what: an error's own words may quote the file.
    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue.printable) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".").printable) has another type"
        default: "it is damaged"
        }
    }

    private static func failure(_ what: String, _ place: String, _ remedy: String) -> Failure {
        Failure(.input, what: what, place: place.printable, remedy: remedy)
    }
}
