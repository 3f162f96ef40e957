import Foundation
package import MezzCore

/// A title's keys. Kept in memory alone: it is no `Codable`, and neither text nor reflection shows a key.
package struct KeyRing: Sendable {
    package struct Key: Sendable {
        package let label: KeyLabel
        /// 16 bytes.
        package let id: [UInt8]
        /// 16 bytes.
        let secret: [UInt8]
        /// 8 or 16 bytes; `nil` derives one for each track.
        let vector: [UInt8]?
    }

    package let protection: Protection
    private let keys: [KeyLabel: Key]

    init(scheme: Protection.Scheme, systems: [Protection.System], clearLead: Double, keys: [Key]) {
        self.keys = Dictionary(keys.map { ($0.label, $0) }) { first, _ in first }
        var digest = Data("mezz key ring 1".utf8)
        for key in keys.sorted(by: { $0.label.rawValue < $1.label.rawValue }) {
            digest += Data(key.label.rawValue.utf8) + Data(key.id) + Data(key.secret) + Data(key.vector ?? [])
        }
        protection = Protection(
            scheme: scheme, systems: systems, clearLead: clearLead,
            keyIDs: self.keys.mapValues { Hex.text($0.id) }, fingerprint: ContentHash.of(digest))
    }

    /// In the order of their labels.
    package var all: [Key] { keys.values.sorted { $0.label.rawValue < $1.label.rawValue } }

    /// - Throws: `Failure` (`input`) that names the label without a key.
    package func key(_ label: KeyLabel, for track: String) throws(Failure) -> Key {
        if let key = keys[label] { return key }
        throw Failure(
            .input, what: "there is no key labelled \(label.rawValue), which the track needs", place: track.printable,
            remedy: "add a key with this label to the file given with --drm")
    }
}

extension KeyRing: CustomStringConvertible, CustomReflectable {
    package var description: String { "keys \(protection.fingerprint.hex.prefix(12))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension KeyRing.Key: CustomStringConvertible, CustomReflectable {
    package var description: String { "key \(Hex.text(id))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Bytes as pairs of hexadecimal digits.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// - Returns: `nil` for anything but pairs of digits; hyphens, as UUIDs have them, are passed over.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.filter { $0 != "-" }.map { $0.isASCII ? $0.hexDigitValue : nil }
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
