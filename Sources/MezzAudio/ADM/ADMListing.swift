/// What an ADM file holds, in the shape of its JSON.
package struct ADMListing: Sendable, Encodable {
    package let container: BW64File.Container
    package let channels: Int
    package let sampleRate: Int
    package let bits: Int
    package let seconds: Double
    /// As stated; `nil` when not.
    package let version: String?
    package let profiles: [String]
    package let programmes: [ADMListedProgramme]
    package let contents: [ADMListedContent]
    /// Beds, objects, scenes and groups, in the document's order.
    package let items: [ADMListedItem]

    private enum CodingKeys: String, CodingKey {
        case container, channels, bits, seconds, version, profiles, programmes, contents, items
        case sampleRate = "sample_rate"
    }

    init(_ index: ADMIndex, file: BW64File, tracks: [ADMTrackPlace]) {
        let document = index.document
        container = file.container
        channels = file.format.channels
        sampleRate = file.format.sampleRate
        bits = file.format.bitsPerSample
        seconds = file.seconds
        version = document.version
        profiles = document.profiles
        programmes = document.programmes.map(ADMListedProgramme.init)
        contents = document.contents.map(ADMListedContent.init)
        let places = Dictionary(tracks.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        if document.objects.isEmpty {
            items = ADMListedItem.packs(of: tracks, index)
        } else {
            items = document.objects.map { ADMListedItem($0, index, places) }
        }
    }
}

/// A programme in the listing.
package struct ADMListedProgramme: Sendable, Encodable {
    package let id: String
    package let name: String
    package let language: String?
    package let contents: [String]
    package let loudness: ADMLoudness?

    init(_ programme: ADMProgramme) {
        id = programme.id
        name = programme.name
        language = programme.language
        contents = programme.contents
        loudness = programme.loudness
    }
}

/// A content in the listing.
package struct ADMListedContent: Sendable, Encodable {
    package let id: String
    package let name: String
    package let language: String?
    package let dialogue: ADMDialogueKind?
    package let objects: [String]
    package let loudness: ADMLoudness?

    init(_ content: ADMContent) {
        id = content.id
        name = content.name
        language = content.language
        dialogue = content.dialogue
        objects = content.objects
        loudness = content.loudness
    }
}
