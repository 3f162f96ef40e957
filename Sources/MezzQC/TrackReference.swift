/// Names one track of a package.
package struct TrackReference: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case video
        case audio
        case text
    }

    package let kind: Kind
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// What the names of the track's files begin with.
    var stem: String { kind.rawValue + "/" + id }
    var file: String { stem + ".mp4" }
    /// A text beside its segments.
    package var sidecar: String { stem + ".vtt" }
    var playlist: String { stem + ".m3u8" }
    var iFramePlaylist: String { stem + "-iframes.m3u8" }
}

extension PackageExpectation.Rung {
    var reference: TrackReference { TrackReference(.video, id) }
}

extension PackageExpectation.Audio {
    var reference: TrackReference { TrackReference(.audio, id) }
}

extension PackageExpectation.Text {
    package var reference: TrackReference { TrackReference(.text, id) }
}

extension PackageExpectation {
    package var references: [TrackReference] {
        rungs.map(\.reference) + audio.map(\.reference) + text.map(\.reference)
    }
}
