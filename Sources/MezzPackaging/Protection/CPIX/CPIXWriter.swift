package import Foundation
package import MezzCore

/// Writes CPIX 2.3 documents, in DASH-IF's schema.
package enum CPIXWriter {
    /// - Parameters:
    ///   - contentID: What the keys are of; must be text that XML can hold.
    ///   - recipients: Who may open the keys; with none they stand in the clear.
    /// - Returns: XML. Each call has other random keys for the document, so no two are the same.
    /// - Throws: `Failure` (`input`) for what CPIX cannot say.
    package static func document(
        _ ring: KeyRing, contentID: String?, recipients: [RecipientCertificate]
    ) throws(Failure) -> Data {
        guard ring.protection.clearLead == 0 else {
            throw Failure(
                .input, what: "CPIX does not say that the beginning stays in the clear", place: "clear_lead_seconds",
                remedy: "set it to 0, or hand over the JSON file")
        }
        if let contentID { try check(contentID: contentID) }
        let scheme = ring.protection.scheme.rawValue
        let keys = distinct(ring.all)
        let sealing = try CPIXSealer.make(recipients)
        var contents: [CPIXMarkup] = []
        for key in keys { contents.append(try content(key, scheme, sealing.sealer)) }
        return data(
            [
                sealing.deliveries.isEmpty ? nil : CPIXMarkup("cpix:DeliveryDataList", [], sealing.deliveries),
                CPIXMarkup("cpix:ContentKeyList", [], contents),
                systemList(ring.protection.systems, keys.map(\.id)) { _ in [] },
                ruleList(ring.all.map { ($0.label, $0.id) }),
            ], contentID)
    }

    /// What a request and a document have in common.
    static func data(_ lists: [CPIXMarkup?], _ contentID: String?) -> Data {
        let attributes =
            (contentID.map { [("contentId", $0)] } ?? []) + [("version", CPIXNames.version)]
            + CPIXNames.namespaces.sorted { $0.key < $1.key }.map { ("xmlns:" + $0.key, $0.value) }
        return Data(CPIXMarkup("cpix:CPIX", attributes, lists.compactMap(\.self)).document.utf8)
    }

    /// - Parameter children: What an element of this system holds.
    static func systemList(
        _ systems: [Protection.System], _ keyIDs: [[UInt8]], _ children: (Protection.System) -> [CPIXMarkup]
    ) -> CPIXMarkup? {
        guard !systems.isEmpty else { return nil }
        let elements = keyIDs.flatMap { id in
            systems.map { system in
                CPIXMarkup(
                    "cpix:DRMSystem", [("systemId", system.uuid), ("kid", Hex.uuid(id))], children(system))
            }
        }
        return CPIXMarkup("cpix:DRMSystemList", [], elements)
    }

    static func ruleList(_ keys: [(label: KeyLabel, id: [UInt8])]) -> CPIXMarkup {
        let rules = keys.map { key in
            CPIXMarkup(
                "cpix:ContentKeyUsageRule",
                [("kid", Hex.uuid(key.id)), ("intendedTrackType", key.label.rawValue)], [filter(key.label)])
        }
        return CPIXMarkup("cpix:ContentKeyUsageRuleList", [], rules)
    }

    private static func filter(_ label: KeyLabel) -> CPIXMarkup {
        guard label != .audio else { return CPIXMarkup("cpix:AudioFilter") }
        let range = label.samples
        let ends = [("minPixels", range.lowerBound, 0), ("maxPixels", range.upperBound, CPIXRule.most)]
        return CPIXMarkup("cpix:VideoFilter", ends.filter { $0.1 != $0.2 }.map { ($0.0, String($0.1)) })
    }

    /// - Throws: `Failure` (`input`) for an identifier that is empty, long or no XML.
    static func check(contentID: String) throws(Failure) {
        let isText = contentID.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        guard isText, !contentID.isEmpty, contentID.utf8.count <= 1_000 else {
            throw Failure(
                .input, what: "the content's identifier is empty, longer than 1000 bytes or has control characters",
                place: "--content-id", remedy: "use the one that the key server knows the content by")
        }
    }

    private static func distinct(_ keys: [KeyRing.Key]) -> [KeyRing.Key] {
        keys.enumerated().filter { place, key in !keys[..<place].contains { $0.id == key.id } }.map(\.element)
    }

    private static func content(
        _ key: KeyRing.Key, _ scheme: String, _ sealer: borrowing CPIXSealer?
    ) throws(Failure) -> CPIXMarkup {
        var attributes = [("kid", Hex.uuid(key.id)), ("commonEncryptionScheme", scheme)]
        if let vector = key.vector {
            guard vector.count == 16 else {
                throw Failure(
                    .input, what: "the iv of the key labelled \(key.label.rawValue) has 8 bytes, and CPIX has 16",
                    place: "iv", remedy: "leave the iv out, or hand over the JSON file")
            }
            attributes.append(("explicitIV", Data(vector).base64EncodedString()))
        }
        let secret = SecretBytes(key.secret)
        let plain = [CPIXMarkup("pskc:PlainValue", text: Data(key.secret).base64EncodedString())]
        let value = try sealer?.value(secret) ?? plain
        return CPIXMarkup(
            "cpix:ContentKey", attributes, [CPIXMarkup("cpix:Data", [], [CPIXMarkup("pskc:Secret", [], value)])])
    }
}
