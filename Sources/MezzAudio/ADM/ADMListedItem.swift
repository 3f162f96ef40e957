/// A bed, object, scene or group in the listing.
package struct ADMListedItem: Sendable, Encodable {
    /// What an audioObject is, by the type of its pack.
    package enum Kind: String, Sendable, Codable {
        case bed, object, scene, matrix, binaural
        /// Nothing but other audioObjects.
        case group
        /// Its pack's type is not known.
        case unknown

        init(_ type: ADMType?) {
            switch type {
            case .directSpeakers: self = .bed
            case .objects: self = .object
            case .scene: self = .scene
            case .matrix: self = .matrix
            case .binaural: self = .binaural
            case nil: self = .unknown
            }
        }
    }

    /// One channel of it.
    package struct Channel: Sendable, Encodable {
        package let uid: String
        /// In the file, from 1; `nil` when unknown.
        package let number: Int?
        package let name: String?
        /// Loudspeakers; empty but for beds.
        package let speakers: [String]
        /// How often its place changes.
        package let blocks: Int
    }

    /// The audioObject's id; of a file without objects, the pack's.
    package let id: String
    package let name: String
    package let kind: Kind
    /// Name of the loudspeaker layout, or of the pack.
    package let layout: String?
    /// Seconds.
    package let start: Double
    /// Seconds; `nil` for "to the end".
    package let duration: Double?
    package let channels: [Channel]
    /// Nested objects.
    package let objects: [String]

    init(_ object: ADMObject, _ index: ADMIndex, _ places: [String: ADMTrackPlace]) {
        id = object.id
        name = object.name
        let packs = object.packs.compactMap(index.pack)
        kind = packs.isEmpty && !object.objects.isEmpty ? .group : Kind(packs.first?.claim.type)
        start = object.start?.seconds ?? 0
        duration = object.duration?.seconds
        channels = object.tracks.map { Channel(places[$0], uid: $0, index) }
        objects = object.objects
        layout = Self.layout(kind, packs, channels)
    }

    private init(pack: ADMPack, _ tracks: [ADMTrackPlace], _ index: ADMIndex) {
        id = pack.id
        name = pack.name
        kind = Kind(pack.claim.type)
        start = 0
        duration = nil
        channels = tracks.map { Channel($0, uid: $0.uid, index) }
        objects = []
        layout = Self.layout(kind, [pack], channels)
    }

    /// What a file without audioObjects holds: the packs that its chna chunk names.
    static func packs(of tracks: [ADMTrackPlace], _ index: ADMIndex) -> [ADMListedItem] {
        var order: [String] = []
        var members: [String: [ADMTrackPlace]] = [:]
        for track in tracks {
            guard let pack = track.pack else { continue }
            if members[pack] == nil { order.append(pack) }
            members[pack, default: []].append(track)
        }
        return order.compactMap { id in index.pack(id).map { ADMListedItem(pack: $0, members[id] ?? [], index) } }
    }

    private static func layout(_ kind: Kind, _ packs: [ADMPack], _ channels: [Channel]) -> String? {
        guard kind == .bed else { return packs.first?.name }
        return BedLayout.name(of: channels.map { $0.speakers.first ?? "?" })
    }
}

extension ADMListedItem.Channel {
    init(_ place: ADMTrackPlace?, uid: String, _ index: ADMIndex) {
        let format = place?.channelFormat.flatMap(index.channel)
        self.uid = uid
        number = place?.channel
        name = format?.name
        speakers = format?.claim.type == .directSpeakers ? format?.blocks.first?.speakerLabels ?? [] : []
        blocks = format?.blocks.count ?? 0
    }
}
