package import Foundation
package import MezzCore

/// Keys in a CPIX document (DASH-IF, version 2.3): in the clear, or sealed for a recipient whose private key is given.
package enum CPIXReader {
    /// - Parameters:
    ///   - place: What errors call the document.
    ///   - now: A recipient's certificate must be good then.
    /// - Throws: `Failure` (`input`) with file, line and element, never what a key is.
    package static func read(
        _ data: Data, place: String, privateKey: PrivateKey?, now: Date
    ) throws(Failure) -> KeyReading {
        let document = try CPIXDocument(data, file: place)
        guard !document.keys.isEmpty else {
            throw document.place.failure("the document has no ContentKey", "ask for a document with keys")
        }
        try check(document)
        let labels = try CPIXContexts.keys(document.rules, document.place)
        let scheme = try scheme(document)
        let values = try values(document, privateKey, now)
        var keys: [KeyRing.Key] = []
        for (label, id) in labels.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let number = document.keys.firstIndex(where: { $0.id == id }) else { continue }
            keys.append(
                KeyRing.Key(label: label, id: id, secret: values[number], vector: document.keys[number].vector))
        }
        let (systems, notes) = systems(document)
        return KeyReading(
            ring: KeyRing(scheme: scheme, systems: systems, clearLead: 0, keys: keys), contentID: document.contentID,
            isSealed: document.isWhollySealed, notes: notes)
    }

    /// Everything that names a key must name one that is there, and every key must be of use.
    private static func check(_ document: CPIXDocument) throws(Failure) {
        for rule in document.rules where !document.keys.contains(where: { $0.id == rule.keyID }) {
            throw rule.place.failure("the rule's kid is no ContentKey's", "ask for a document with the key")
        }
        for system in document.systems where !document.keys.contains(where: { $0.id == system.keyID }) {
            throw system.place.failure("the system's kid is no ContentKey's", "ask for a document with the key")
        }
        for key in document.keys where !document.rules.contains(where: { $0.keyID == key.id }) {
            throw key.place.failure("no ContentKeyUsageRule speaks of the key", "ask for a document with one")
        }
    }

    private static func scheme(_ document: CPIXDocument) throws(Failure) -> Protection.Scheme {
        var found: Protection.Scheme?
        for key in document.keys {
            guard let name = key.scheme else { continue }
            guard let scheme = Protection.Scheme(rawValue: name) else {
                throw key.place.failure(
                    "the commonEncryptionScheme \(name.printable) is not delivered", "ask for keys for cenc or cbcs")
            }
            guard found == nil || found == scheme else {
                throw key.place.failure("the keys are of two schemes", "ask for a document for each scheme")
            }
            found = scheme
        }
        guard let found else {
            throw document.place.failure(
                "no ContentKey has a commonEncryptionScheme", "add commonEncryptionScheme=\"cbcs\" or \"cenc\"")
        }
        return found
    }

    /// In the order of the keys.
    private static func values(
        _ document: CPIXDocument, _ privateKey: PrivateKey?, _ now: Date
    ) throws(Failure) -> [[UInt8]] {
        guard document.isSealed else {
            var values: [[UInt8]] = []
            for key in document.keys { values.append(try plain(key)) }
            return values
        }
        guard let privateKey else {
            throw document.place.failure(
                "the keys are encrypted", "name the recipient's private key with --drm-private-key")
        }
        guard let recipient = document.recipients.first(where: { $0.isServed(by: privateKey) }) else {
            throw document.place.failure(
                "the private key belongs to none of the \(document.recipients.count) recipients' certificates",
                "name the key of one of them, or ask for a document for your certificate")
        }
        let opener = try recipient.open(with: privateKey, at: now)
        var values: [[UInt8]] = []
        for key in document.keys {
            guard case .sealed(let sealed, let code) = key.value else {
                values.append(try plain(key))
                continue
            }
            values.append(try opener.open(sealed, code: code, key.place))
        }
        return values
    }

    private static func plain(_ key: CPIXDocument.Key) throws(Failure) -> [UInt8] {
        guard case .plain(let value) = key.value else {
            throw key.place.failure("the ContentKey has an identifier alone", "ask for a document with its key")
        }
        return value
    }

    private static func systems(_ document: CPIXDocument) -> ([Protection.System], notes: [String]) {
        var systems: [Protection.System] = []
        var notes: [String] = []
        for system in document.systems {
            guard let known = Protection.System(uuid: system.id) else {
                let note = "\(document.place.text): the protection system \(Hex.uuid(system.id)) is left out"
                if !notes.contains(note) { notes.append(note) }
                continue
            }
            if !systems.contains(known) { systems.append(known) }
        }
        if document.systems.contains(where: \.hasData) {
            notes.append(
                "\(document.place.text): boxes and lines that the document brings for protection systems are not used: "
                    + "they are made from the key identifiers")
        }
        if document.isSigned { notes.append("\(document.place.text): the document's signature is not checked") }
        return (systems, notes)
    }
}

extension CPIXDocument {
    /// Whether any key is encrypted.
    var isSealed: Bool {
        keys.contains { if case .sealed = $0.value { true } else { false } }
    }

    /// Whether no key is in the clear.
    var isWhollySealed: Bool {
        keys.allSatisfy { if case .sealed = $0.value { true } else { false } }
    }
}
