/// A track with all that leads from it: its channel in the file, its channel format, its pack.
package struct ADMTrackPlace: Sendable {
    package let uid: String
    /// 1 is the file's first channel; `nil` when the chna chunk does not know the track.
    package let channel: Int?
    /// The audioChannelFormat; `nil` when nothing leads to one.
    package let channelFormat: String?
    package let pack: String?

    /// The tracks that the XML or the chna chunk knows; what both tell, the XML decides.
    static func all(_ index: ADMIndex, _ rows: [TrackAssignment]) -> [ADMTrackPlace] {
        let known = Dictionary(rows.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        let declared = index.document.tracks
        let ids = Set(declared.map(\.id))
        let places = declared.map { track in
            let row = known[track.id]
            let format = track.channel ?? track.trackFormat ?? row?.format
            return ADMTrackPlace(
                uid: track.id, channel: row?.channel, channelFormat: format.flatMap(index.channelID),
                pack: track.pack ?? row?.pack)
        }
        var seen = ids
        return places
            + rows.filter { seen.insert($0.uid).inserted }.map { row in
                ADMTrackPlace(
                    uid: row.uid, channel: row.channel, channelFormat: index.channelID(through: row.format),
                    pack: row.pack.isEmpty ? nil : row.pack)
            }
    }
}
