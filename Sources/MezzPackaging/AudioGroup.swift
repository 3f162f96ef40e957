import MezzFormats

/// HLS audio renditions of one codec form a group; each variant is offered once with each group, so that a player
/// picks the codec it can play.
enum AudioGroup {
    static func name(for codec: FourCC) -> String {
        switch codec {
        case "mp4a": "aac"
        case "ac-3": "ac3"
        case "ec-3": "eac3"
        case "Opus": "opus"
        case "fLaC": "flac"
        default: "audio"
        }
    }
}
