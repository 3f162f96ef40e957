/// Loudspeaker layouts that ADM is rendered to and IAMF delivers, by the names of the command line.
package enum ImmersiveLayout: String, Sendable, Codable, CaseIterable {
    case sevenOneFour = "7.1.4"
    case fiveOneFour = "5.1.4"
    case fiveOne = "5.1"
    case stereo = "2.0"

    /// The layout's name in ITU-R BS.2051: loudspeakers above, in the middle layer, below.
    package var system: String {
        switch self {
        case .sevenOneFour: "4+7+0"
        case .fiveOneFour: "4+5+0"
        case .fiveOne: "0+5+0"
        case .stereo: "0+2+0"
        }
    }

    /// Channels in the order of BS.2051's tables, in which the renderer writes them. BS.2051 calls them M+030, M-030,
    /// M+000, LFE1, then side (or surround at 110°) and back, then upper front (45° or 30°) and upper back (135° or 110°).
    var systemOrder: [Speaker] {
        let front: [Speaker] = [.frontLeft, .frontRight, .frontCenter, .lowFrequency]
        let above: [Speaker] = [.topFrontLeft, .topFrontRight, .topBackLeft, .topBackRight]
        return switch self {
        case .sevenOneFour: front + [.sideLeft, .sideRight, .backLeft, .backRight] + above
        case .fiveOneFour: front + [.sideLeft, .sideRight] + above
        case .fiveOne: front + [.backLeft, .backRight]
        case .stereo: [.frontLeft, .frontRight]
        }
    }

    /// Channels in the order of a WAVE file's mask.
    package var speakers: [Speaker] { Speaker.allCases.filter(systemOrder.contains) }

    /// FFmpeg's name of the layout with these loudspeakers.
    var ffmpegName: String { self == .stereo ? "stereo" : rawValue }
}
