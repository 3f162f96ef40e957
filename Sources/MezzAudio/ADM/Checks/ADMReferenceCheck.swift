/// Every id that something refers to has to exist.
struct ADMReferenceCheck {
    let index: ADMIndex
    let rows: [TrackAssignment]

    /// Stands for silence (BS.2076-2 section 5.7).
    static let silentTrack = "ATU_00000000"

    func run(_ findings: inout ADMFindings) {
        let document = index.document
        for programme in document.programmes {
            demand(programme.contents, by: programme.id, &findings) { index.content($0) != nil }
        }
        for content in document.contents {
            demand(content.objects, by: content.id, &findings) { index.object($0) != nil }
        }
        for object in document.objects {
            demand(object.objects + object.alternatives, by: object.id, &findings) { index.object($0) != nil }
            demand(object.packs, by: object.id, &findings) { index.pack($0) != nil }
            // A track that the chna chunk knows needs no element of its own where both its formats are common ones.
            demand(object.tracks, by: object.id, &findings) { id in
                id == Self.silentTrack || index.track(id) != nil || rows.contains { $0.uid == id }
            }
        }
        for pack in document.packs {
            demand(pack.channels, by: pack.id, &findings) { index.channel($0) != nil }
            demand(pack.packs, by: pack.id, &findings) { index.pack($0) != nil }
        }
        for track in document.tracks {
            demand([track.pack].compactMap(\.self), by: track.id, &findings) { index.pack($0) != nil }
            demand([track.channel].compactMap(\.self), by: track.id, &findings) { index.channel($0) != nil }
            demand([track.trackFormat].compactMap(\.self), by: track.id, &findings) { index.trackFormat($0) != nil }
        }
        checkLinks(&findings)
        checkRows(&findings)
    }

    private func checkLinks(_ findings: inout ADMFindings) {
        for link in index.document.streamFormats + index.document.trackFormats {
            demand(link.references, by: link.id, &findings) { id in
                switch id.prefix(3) {
                case "AC_": index.channel(id) != nil
                case "AP_": index.pack(id) != nil
                case "AS_": index.streamFormat(id) != nil
                case "AT_": index.trackFormat(id) != nil
                default: false
                }
            }
        }
    }

    private func checkRows(_ findings: inout ADMFindings) {
        for row in rows {
            let formats = [row.format].filter { !$0.isEmpty }
            demand(formats, by: row.uid, &findings) { id in
                id.hasPrefix("AC_") ? index.channel(id) != nil : index.trackFormat(id) != nil
            }
            demand([row.pack].filter { !$0.isEmpty }, by: row.uid, &findings) { index.pack($0) != nil }
        }
    }

    private func demand(
        _ references: [String], by owner: String, _ findings: inout ADMFindings, exists: (String) -> Bool
    ) {
        for id in references where !exists(id) {
            findings.add(.reference, "\(owner) refers to \(id), which does not exist", of: owner)
        }
    }
}
