package import MezzCore

/// Everything that the checks of a package can find. docs/findings.md lists the same codes.
package enum PackageRule: String, CaseIterable, Sendable {
    case manifestMissing = "package.manifest.missing"
    case manifestUnreadable = "package.manifest.unreadable"
    case manifestEscape = "package.manifest.escape"
    case manifestTrack = "package.manifest.track"
    case manifestAttributes = "package.manifest.attributes"
    case manifestOpen = "package.manifest.open"
    case manifestRate = "package.manifest.rate"
    case manifestDuration = "package.manifest.duration"
    case manifestSegments = "package.manifest.segments"
    case fileMissing = "package.file.missing"
    case fileRange = "package.file.range"
    case playback = "package.playback"
    case trackMissing = "package.track.missing"
    case trackDamaged = "package.track.damaged"
    case trackCodec = "package.track.codec"
    case trackResolution = "package.track.resolution"
    case trackFrames = "package.track.frames"
    case trackKeyFrames = "package.track.keyframes"
    case trackIndex = "package.track.index"
    case trackTiming = "package.track.timing"
    case trackDuration = "package.track.duration"
    case trackDecode = "package.track.decode"
    case syncDuration = "package.sync.duration"
    case syncStart = "package.sync.start"
    case segmentsUnaligned = "package.segments.unaligned"
    case protection = "package.protection"

    package var severity: Finding.Severity { .error }

    package var remedy: String {
        switch self {
        case .manifestMissing, .manifestUnreadable, .manifestAttributes, .manifestOpen, .manifestDuration,
            .manifestSegments, .manifestTrack, .manifestRate:
            "package the tracks again; do not edit or move manifests by hand"
        case .manifestEscape: "do not serve this package: find out who changed it, and package the tracks again"
        case .fileMissing, .fileRange, .trackMissing, .trackDamaged:
            "copy the whole package again, or package the tracks again"
        case .playback: "look at the other findings of this track; without any, report it with the FFmpeg version"
        case .trackCodec, .trackResolution, .trackFrames, .trackKeyFrames:
            "encode the rung again: it is not what the job asked for"
        case .trackIndex, .trackTiming: "package the tracks again; if it stays, encode the track again"
        case .trackDuration: "encode the audio again from the source"
        case .trackDecode: "the media is damaged: copy or package it again; if it stays, encode the track again"
        case .syncDuration, .syncStart: "encode the audio again; check the source's own offset with mezz inspect"
        case .protection: "package the tracks again with the right keys"
        case .segmentsUnaligned: "encode the rung again with the title's segment plan"
        }
    }

    func finding(_ message: String, place: Finding.Place = Finding.Place()) -> Finding {
        Finding(rawValue, severity, message, place: place, remedy: remedy)
    }

    func finding(_ message: String, stream: String, frame: Int? = nil, seconds: Double? = nil) -> Finding {
        finding(message, place: Finding.Place(stream: stream, frame: frame, seconds: seconds))
    }
}
