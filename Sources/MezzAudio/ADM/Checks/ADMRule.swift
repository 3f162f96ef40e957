package import MezzCore

/// Everything that reading, checking and rendering ADM can find. docs/findings.md lists the same codes.
package enum ADMRule: String, CaseIterable, Sendable {
    case reference = "adm.reference"
    case duplicate = "adm.duplicate"
    case circle = "adm.circle"
    case type = "adm.type"
    case time = "adm.time"
    case sampleTime = "adm.time.samples"
    case profile = "adm.profile"
    case namespace = "adm.namespace"
    case noXML = "adm.axml.missing"
    case noProgramme = "adm.programme.missing"
    case emptyProgramme = "adm.programme.empty"
    case emptyContent = "adm.content.empty"
    case emptyObject = "adm.object.empty"
    case objectTracks = "adm.object.tracks"
    case objectOutside = "adm.object.outside"
    case trackChannel = "adm.track.channel"
    case trackRange = "adm.track.range"
    case trackRepeated = "adm.track.repeated"
    case trackShared = "adm.track.shared"
    case channelUnused = "adm.channel.unused"
    case blockMissing = "adm.block.missing"
    case blockUntimed = "adm.block.untimed"
    case blockGap = "adm.block.gap"
    case blockOverlap = "adm.block.overlap"
    case blockEnd = "adm.block.end"
    case position = "adm.position"
    case cutOff = "adm.file.cut"
    case overload = "adm.render.overload"
    case renderer = "adm.render.renderer"
    case clipped = "adm.iamf.clipped"

    package var severity: Finding.Severity {
        switch self {
        case .reference, .duplicate, .circle, .type, .time, .emptyProgramme, .objectTracks, .objectOutside,
            .trackChannel,
            .trackRange, .trackRepeated, .blockMissing, .blockUntimed, .blockOverlap, .position, .cutOff:
            .error
        case .noProgramme, .emptyContent, .emptyObject, .trackShared, .blockGap, .blockEnd, .overload, .namespace,
            .clipped:
            .warning
        case .sampleTime, .profile, .noXML, .channelUnused, .renderer: .info
        }
    }

    package var remedy: String {
        switch self {
        case .reference: "export the ADM again with all its elements; the id is neither in it nor in BS.2094"
        case .duplicate: "give each element an id of its own"
        case .circle: "remove the reference that leads back"
        case .type: "give typeDefinition and typeLabel the same one of BS.2076's types"
        case .time: "write times as hh:mm:ss.zzzzz or hh:mm:ss.zzzzzSfffff, and numbers as numbers"
        case .sampleTime: "nothing; for renderers that know BS.2076-1 alone, export decimal times"
        case .profile: "nothing; the profile's own rules are not checked here"
        case .namespace: "give it the namespace urn:metadata-schema:adm: renderers pass over what is in others"
        case .noXML: "nothing, if the channels are common loudspeaker layouts as listed"
        case .noProgramme: "nothing, if all objects belong to one mix: all of them are rendered"
        case .emptyProgramme: "refer to at least one audioContent"
        case .emptyContent, .emptyObject: "remove it, or give it what it should hold"
        case .objectTracks: "give the object one track for each channel of its pack"
        case .objectOutside: "correct start and duration of the object"
        case .trackChannel: "name the track's channel in the chna chunk"
        case .trackRange: "correct the channel number in the chna chunk; 1 is the first"
        case .trackRepeated: "give each row of the chna chunk a UID of its own"
        case .trackShared: "check that both tracks are meant to carry the same channel"
        case .channelUnused: "nothing, if the channel is meant to be silent in every mix"
        case .blockMissing: "give the channel at least one audioBlockFormat"
        case .blockUntimed: "give every block rtime and duration where there are several"
        case .blockGap: "end each block where the next begins; a renderer holds or mutes the sound in between"
        case .blockOverlap: "end each block where the next begins"
        case .blockEnd: "end the last block with the object"
        case .position: "keep azimuth within ±180, elevation within ±90, distance within 0…1, and X, Y, Z within ±1"
        case .cutOff: "copy the file again: samples are missing at its end"
        case .overload: "nothing, where loudness is normalised afterwards: the rendered file holds floats"
        case .clipped: "lower the mix, or deliver Opus, which keeps what is over full scale"
        case .renderer: "look at the elements that the renderer names"
        }
    }

    func finding(_ message: String, of id: String? = nil, at seconds: Double? = nil) -> Finding {
        Finding(
            rawValue, severity, message, place: Finding.Place(stream: id?.printable, seconds: seconds), remedy: remedy)
    }
}
