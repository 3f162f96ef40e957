/// The elements of an ADM document (ITU-R BS.2076-2), in the document's order, found by id.
///
/// Ids are held in upper case: their hexadecimal digits are written either way.
package struct ADMDocument: Sendable {
    package var programmes: [ADMProgramme] = []
    package var contents: [ADMContent] = []
    package var objects: [ADMObject] = []
    package var packs: [ADMPack] = []
    package var channels: [ADMChannel] = []
    package var tracks: [ADMTrack] = []
    package var streamFormats: [ADMLink] = []
    package var trackFormats: [ADMLink] = []
    /// As the document states it: "ITU-R_BS.2076-2".
    package var version: String?
    /// The namespace of its XML; `nil` without one.
    package var namespace: String?
    /// Names of profiles that the document claims to keep.
    package var profiles: [String] = []
    /// Times that were written but cannot be read, and the element that has them.
    package var unreadableTimes: [(owner: String, text: String)] = []
    /// Ids that stand more than once.
    package var duplicates: [String] = []

    package init() {}
}

/// A document's elements by id, those of ITU-R BS.2094 included.
package struct ADMIndex {
    package let document: ADMDocument
    private let contents: [String: Int]
    private let objects: [String: Int]
    private let packs: [String: Int]
    private let channels: [String: Int]
    private let tracks: [String: Int]
    private let streamFormats: [String: Int]
    private let trackFormats: [String: Int]

    package init(_ document: ADMDocument) {
        self.document = document
        contents = Self.places(document.contents.map(\.id))
        objects = Self.places(document.objects.map(\.id))
        packs = Self.places(document.packs.map(\.id))
        channels = Self.places(document.channels.map(\.id))
        tracks = Self.places(document.tracks.map(\.id))
        streamFormats = Self.places(document.streamFormats.map(\.id))
        trackFormats = Self.places(document.trackFormats.map(\.id))
    }

    private static func places(_ ids: [String]) -> [String: Int] {
        Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    }

    package func content(_ id: String) -> ADMContent? { contents[id].map { document.contents[$0] } }
    package func object(_ id: String) -> ADMObject? { objects[id].map { document.objects[$0] } }
    package func track(_ id: String) -> ADMTrack? { tracks[id].map { document.tracks[$0] } }

    package func pack(_ id: String) -> ADMPack? {
        packs[id].map { document.packs[$0] } ?? CommonDefinitions.pack(id)
    }

    package func channel(_ id: String) -> ADMChannel? {
        channels[id].map { document.channels[$0] } ?? CommonDefinitions.channel(id)
    }

    package func streamFormat(_ id: String) -> ADMLink? {
        streamFormats[id].map { document.streamFormats[$0] } ?? CommonDefinitions.streamFormat(id)
    }

    package func trackFormat(_ id: String) -> ADMLink? {
        trackFormats[id].map { document.trackFormats[$0] } ?? CommonDefinitions.trackFormat(id)
    }

    /// The channel format that a track or channel format's id leads to.
    package func channelID(through id: String) -> String? {
        if id.hasPrefix("AC_") { return channel(id)?.id }
        guard let link = trackFormat(id) else { return nil }
        for stream in link.references {
            if let found = streamFormat(stream)?.references.first(where: { $0.hasPrefix("AC_") }) { return found }
        }
        // Older documents point from the stream to the track alone.
        return document.streamFormats.first { $0.references.contains(id) }?
            .references.first { $0.hasPrefix("AC_") }
    }

    /// The channels of a pack and of the packs within it, in order.
    package func channelIDs(ofPack id: String, depth: Int = 0) -> [String] {
        guard depth < Self.deepest, let pack = pack(id) else { return [] }
        return pack.packs.flatMap { channelIDs(ofPack: $0, depth: depth + 1) } + pack.channels
    }

    /// Packs and objects are nested a few deep; circles end here.
    package static let deepest = 16
}
