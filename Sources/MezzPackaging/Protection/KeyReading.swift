package import Foundation
package import MezzCore

/// Keys, and what else their document says.
package struct KeyReading: Sendable {
    package let ring: KeyRing
    /// What the keys are of, as their maker calls it; `nil` when the document does not say.
    package let contentID: String?
    /// Whether all keys came encrypted.
    package let isSealed: Bool
    /// Sentences about what the document says and nobody follows.
    package let notes: [String]

    /// Reads a document of raw keys in JSON, or of CPIX.
    /// - Parameters:
    ///   - privateKey: Opens the keys of an encrypted document.
    ///   - now: When the recipient's certificate must be good.
    /// - Throws: `Failure` (`input`) that names the entry that is wrong, never what it holds.
    package static func read(
        _ source: KeySource, environment: [String: String], privateKey: PrivateKey? = nil, now: Date = Date()
    ) throws(Failure) -> KeyReading {
        var data = try source.read(environment)
        defer { data.resetBytes(in: data.startIndex..<data.endIndex) }
        guard isMarkup(data) else {
            return KeyReading(
                ring: try KeysFile.parse(data, place: source.text), contentID: nil, isSealed: false, notes: [])
        }
        return try CPIXReader.read(data, place: source.text, privateKey: privateKey, now: now)
    }

    private static func isMarkup(_ data: Data) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = data.starts(with: mark) ? data.dropFirst(mark.count) : data
        return text.first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "<")
    }
}
