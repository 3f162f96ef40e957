package import Foundation
package import MezzCore

/// The keys that a title needs, as a key server is asked for them: SPEKE API v2.0 ("Standard payload components" and
/// "Encryption contract", AWS), on CPIX 2.3.
package struct SPEKEContract: Sendable {
    /// The version of SPEKE, for the request's header.
    package static let version = "2.0"

    /// What the key server knows the content by.
    package let contentID: String
    private let scheme: Protection.Scheme
    private let systems: [Protection.System]
    private let labels: [KeyLabel]
    private let recipient: RecipientCertificate?

    /// - Parameters:
    ///   - labels: One key each, in their own order; each once.
    ///   - recipient: For whom the server is to encrypt the keys; 2048 bits is all that SPEKE promises to take.
    /// - Throws: `Failure` (`usage`, `input`) when nothing is asked for, or the identifier is none.
    package init(
        contentID: String, scheme: Protection.Scheme, systems: [Protection.System], labels: [KeyLabel],
        recipient: RecipientCertificate? = nil
    ) throws(Failure) {
        try CPIXWriter.check(contentID: contentID)
        guard !systems.isEmpty, !labels.isEmpty else {
            throw Failure(
                .usage, what: "a key server is asked for nothing", place: "--drm",
                remedy: "name at least one protection system and one label")
        }
        self.contentID = contentID
        self.scheme = scheme
        self.systems = Protection.System.allCases.filter(systems.contains)
        self.labels = KeyLabel.allCases.filter(labels.contains)
        self.recipient = recipient
    }

    /// The identifier asked for: the same for the same content, scheme and label, as SPEKE wants it. A UUID of version
    /// 8 (RFC 9562, section 5.8) from SHA-256.
    func keyID(_ label: KeyLabel) -> [UInt8] {
        let seed = "mezz content key 1\n\(scheme.rawValue)\n\(label.rawValue)\n\(contentID)"
        var id = Array((Hex.bytes(ContentHash.of(Data(seed.utf8)).hex) ?? []).prefix(16))
        id[6] = id[6] & 0x0F | 0x80
        id[8] = id[8] & 0x3F | 0x80
        return id
    }

    /// The request's body, always the same for the same contract.
    package var request: Data {
        let delivery = recipient.map {
            CPIXMarkup(
                "cpix:DeliveryDataList", [], [CPIXMarkup("cpix:DeliveryData", [], [CPIXSealer.deliveryKey($0)])])
        }
        let keys = labels.map { label in
            CPIXMarkup(
                "cpix:ContentKey",
                [("kid", Hex.uuid(keyID(label))), ("commonEncryptionScheme", scheme.rawValue)])
        }
        return CPIXWriter.data(
            [
                delivery, CPIXMarkup("cpix:ContentKeyList", [], keys),
                CPIXWriter.systemList(systems, labels.map(keyID), Self.wanted),
                CPIXWriter.ruleList(labels.map { ($0, keyID($0)) }),
            ], contentID)
    }

    /// An element without content asks for it. FairPlay has no box.
    private static func wanted(_ system: Protection.System) -> [CPIXMarkup] {
        system == .fairplay
            ? [CPIXMarkup("cpix:HLSSignalingData", [("playlist", "media")])] : [CPIXMarkup("cpix:PSSH")]
    }

    /// Reads the server's answer. It may give other identifiers than asked for ("Overriding the key identifier"): its
    /// rules say which key is whose.
    /// - Throws: `Failure` (`input`) when it is no answer to this request.
    package func keys(
        in answer: Data, place: String, privateKey: PrivateKey?, now: Date
    ) throws(Failure) -> KeyReading {
        let reading = try CPIXReader.read(answer, place: place, privateKey: privateKey, now: now)
        func refused(_ what: String) -> Failure {
            Failure(.input, what: what, place: place.printable, remedy: "ask who runs the key server")
        }
        if let other = reading.contentID, other != contentID {
            throw refused("the key server answers for other content: \(other.printable)")
        }
        guard recipient == nil || reading.isSealed else {
            throw refused("the key server sends keys in the clear though it was given a certificate")
        }
        let protection = reading.ring.protection
        guard protection.scheme == scheme else {
            throw refused("the key server sends keys for \(protection.scheme.rawValue), not \(scheme.rawValue)")
        }
        if let missing = labels.first(where: { protection.keyIDs[$0] == nil }) {
            throw refused("the key server sends no key for \(missing.rawValue)")
        }
        if let missing = systems.first(where: { !protection.systems.contains($0) }) {
            throw refused("the key server does not serve \(missing.rawValue)")
        }
        return reading
    }
}
