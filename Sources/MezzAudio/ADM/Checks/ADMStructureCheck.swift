/// Types, empty elements, and circles of objects or packs.
struct ADMStructureCheck {
    let index: ADMIndex

    func run(_ findings: inout ADMFindings) {
        let document = index.document
        for pack in document.packs { checkType(pack.claim, pack.id, &findings) }
        for channel in document.channels { checkType(channel.claim, channel.id, &findings) }
        if document.programmes.isEmpty, !document.objects.isEmpty {
            findings.add(.noProgramme, "there is no audioProgramme")
        }
        for programme in document.programmes where programme.contents.isEmpty {
            findings.add(.emptyProgramme, "\(programme.id) has no audioContent", of: programme.id)
        }
        for content in document.contents where content.objects.isEmpty {
            findings.add(.emptyContent, "\(content.id) has no audioObject", of: content.id)
        }
        for object in document.objects where object.packs.isEmpty && object.objects.isEmpty {
            findings.add(.emptyObject, "\(object.id) has neither a pack nor objects", of: object.id)
        }
        let objects = Dictionary(document.objects.map { ($0.id, $0.objects) }, uniquingKeysWith: { first, _ in first })
        for id in ReferenceCircles(objects).found { findings.add(.circle, "\(id) leads back to itself", of: id) }
        let packs = Dictionary(document.packs.map { ($0.id, $0.packs) }, uniquingKeysWith: { first, _ in first })
        for id in ReferenceCircles(packs).found { findings.add(.circle, "\(id) leads back to itself", of: id) }
    }

    private func checkType(_ claim: ADMTypeClaim, _ id: String, _ findings: inout ADMFindings) {
        let words = [claim.definition, claim.label].compactMap(\.self).joined(separator: ", ")
        guard claim.isSound else {
            return findings.add(.type, "\(id) is of no known type (\(words.isEmpty ? "none given" : words))", of: id)
        }
        if let type = claim.type, ADMType(id: id) != type {
            findings.add(.type, "\(id) says \(type.rawValue), and its number says something else", of: id)
        }
    }
}
