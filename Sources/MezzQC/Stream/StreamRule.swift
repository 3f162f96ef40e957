package import MezzCore

/// Everything that the stream analyser can find. docs/findings.md lists the same codes.
package enum StreamRule: String, CaseIterable, Sendable {
    case unreadable = "stream.unreadable"
    case levelUnknown = "stream.level.unknown"
    case levelPicture = "stream.level.picture"
    case levelRate = "stream.level.rate"
    case levelBitrate = "stream.level.bitrate"
    case levelBuffer = "stream.level.buffer"
    case levelTiles = "stream.level.tiles"
    case bufferUnderflow = "stream.buffer.underflow"
    case peakRate = "stream.rate.peak"
    case keyFrameMissing = "stream.keyframe.missing"
    case keyFrameExtra = "stream.keyframe.extra"
    case keyFrameOpen = "stream.keyframe.open"
    case keyFrameFlag = "stream.keyframe.flag"
    case parametersChanged = "stream.parameters.changed"
    case parametersInBand = "stream.parameters.in-band"
    case colorContradiction = "stream.colour.contradiction"
    case colorContainer = "stream.colour.container"
    case hdrMissing = "stream.hdr.missing"
    case hdrContainer = "stream.hdr.container"
    case codecs = "stream.codecs"
    case cmaf = "stream.cmaf"
    case timeOrder = "stream.time.order"
    case timeGap = "stream.time.gap"
    case timeStart = "stream.time.start"

    package var severity: Finding.Severity {
        switch self {
        case .peakRate, .hdrMissing, .keyFrameExtra: .warning
        default: .error
        }
    }

    package var remedy: String {
        switch self {
        case .unreadable: "copy or package the track again; if it stays, encode it again"
        case .levelUnknown, .levelPicture, .levelRate, .levelBuffer, .levelTiles:
            "encode the rung again at the level that the message names"
        case .levelBitrate: "lower the rung's peak bitrate, or encode it at the level that the message names"
        case .bufferUnderflow: "encode the named stretch again with a higher CRF, or allow the rung a larger buffer"
        case .peakRate: "lower the rung's peak bitrate if players of it are known to stall"
        case .keyFrameMissing, .keyFrameExtra, .keyFrameOpen:
            "encode the rung again with closed groups of pictures and the title's segment plan"
        case .keyFrameFlag, .cmaf, .timeOrder, .timeGap, .timeStart: "package the track again"
        case .parametersChanged, .parametersInBand: "encode all chunks of the rung with one recipe and join them again"
        case .colorContradiction: "name the source's true colours, and encode the rung again"
        case .colorContainer, .hdrContainer, .codecs: "package the track again; do not edit boxes or manifests by hand"
        case .hdrMissing: "give the source's mastering display and light levels, if they are known"
        }
    }

    func finding(_ message: String, _ stream: String, picture: Int? = nil, seconds: Double? = nil) -> Finding {
        Finding(
            rawValue, severity, message, place: Finding.Place(stream: stream, frame: picture, seconds: seconds),
            remedy: remedy)
    }
}
