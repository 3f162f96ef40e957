/// The tracks against the file's channels, and the objects' tracks against their packs.
struct ADMTrackCheck {
    let index: ADMIndex
    let file: BW64File
    let tracks: [ADMTrackPlace]

    func run(_ findings: inout ADMFindings) {
        checkRows(&findings)
        let places = Dictionary(tracks.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        for track in tracks where track.channel == nil {
            findings.add(.trackChannel, "\(track.uid) has no channel in the chna chunk", of: track.uid)
        }
        for object in index.document.objects where !object.packs.isEmpty {
            let wanted = object.packs.reduce(0) { $0 + index.channelIDs(ofPack: $1).count }
            if wanted != object.tracks.count {
                findings.add(
                    .objectTracks, "\(object.id) has \(object.tracks.count) tracks for \(wanted) channels of its pack",
                    of: object.id)
            }
            for id in object.tracks where places[id] == nil && id != ADMReferenceCheck.silentTrack {
                findings.add(.trackChannel, "\(id), which \(object.id) plays, has no channel", of: id)
            }
        }
        let used = Set((file.tracks ?? []).map(\.channel))
        let unused = (1...file.format.channels).filter { !used.contains($0) }
        if !unused.isEmpty {
            findings.add(
                .channelUnused, "no track for \(unused.count == 1 ? "channel" : "channels") \(Self.list(unused))")
        }
    }

    private func checkRows(_ findings: inout ADMFindings) {
        var channels: [String: Int] = [:]
        var owners: [Int: String] = [:]
        for row in file.tracks ?? [] {
            if !(1...file.format.channels ~= row.channel) {
                findings.add(
                    .trackRange, "\(row.uid) is on channel \(row.channel) of \(file.format.channels)", of: row.uid)
            }
            if let other = channels.updateValue(row.channel, forKey: row.uid) {
                findings.add(
                    .trackRepeated, "\(row.uid) is on channel \(other) and on channel \(row.channel)", of: row.uid)
            } else if let owner = owners.updateValue(row.uid, forKey: row.channel) {
                findings.add(.trackShared, "\(owner) and \(row.uid) are both on channel \(row.channel)", of: row.uid)
            }
        }
    }

    /// The first few of many.
    private static func list(_ numbers: [Int]) -> String {
        numbers.prefix(12).map(String.init).joined(separator: ", ") + (numbers.count > 12 ? ", …" : "")
    }
}
