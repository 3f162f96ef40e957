/// Where a channel's loudspeaker stands; the cases are in the order of a WAVE file's channel mask (bit 0 first).
package enum Speaker: String, Codable, Sendable, CaseIterable {
    case frontLeft = "FL"
    case frontRight = "FR"
    case frontCenter = "FC"
    case lowFrequency = "LFE"
    case backLeft = "BL"
    case backRight = "BR"
    case frontLeftOfCenter = "FLC"
    case frontRightOfCenter = "FRC"
    case backCenter = "BC"
    case sideLeft = "SL"
    case sideRight = "SR"
    case topCenter = "TC"
    case topFrontLeft = "TFL"
    case topFrontCenter = "TFC"
    case topFrontRight = "TFR"
    case topBackLeft = "TBL"
    case topBackCenter = "TBC"
    case topBackRight = "TBR"
    /// Somewhere unknown.
    case unknown = "?"
}

/// How the channels of a stream are laid out, and how much each counts.
package struct ChannelMap: Hashable, Sendable {
    /// A speaker for each channel.
    package let speakers: [Speaker]
    /// Whether the stream has no labels and `speakers` is what its number of channels usually means.
    package let isAssumed: Bool

    /// Most channels that are measured.
    package static let mostChannels = 64

    /// - Parameter mask: As in a WAVE header; its bits must be as many as there are channels, else there are no labels.
    package init(channels: Int, mask: UInt32) {
        let named = Speaker.allCases.enumerated().filter { $0.element != .unknown && mask >> $0.offset & 1 == 1 }
        if named.count == channels, mask >> 18 == 0 {
            speakers = named.map(\.element)
            isAssumed = false
        } else {
            speakers = Self.usual(channels)
            // One channel or two mean the same with and without labels.
            isAssumed = channels > 2
        }
    }

    /// The order of WAVE files for the counts that have a common layout.
    private static func usual(_ channels: Int) -> [Speaker] {
        switch channels {
        case 1: [.frontCenter]
        case 2: [.frontLeft, .frontRight]
        case 3: [.frontLeft, .frontRight, .frontCenter]
        case 4: [.frontLeft, .frontRight, .backLeft, .backRight]
        case 5: [.frontLeft, .frontRight, .frontCenter, .backLeft, .backRight]
        case 6: [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .backLeft, .backRight]
        case 8:
            [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .backLeft, .backRight, .sideLeft, .sideRight]
        default: Array(repeating: .unknown, count: max(0, channels))
        }
    }

    /// What a channel's energy is multiplied by: ITU-R BS.1770-5 Annex 3, Table 4. Loudspeakers in the horizontal plane
    /// between 60° and 120° count 1.41, the low-frequency channel nothing, all others 1. Back channels stand at 110°
    /// unless there are side channels too, which makes them the 135° of a 7.1 layout.
    package func weight(of channel: Int) -> Double {
        switch speakers[channel] {
        case .lowFrequency: 0
        case .sideLeft, .sideRight: 1.41
        case .backLeft, .backRight: speakers.contains(.sideLeft) ? 1 : 1.41
        default: 1
        }
    }

    /// Whether a stream says what its channels are; one and two mean the same with and without labels.
    /// - Parameter layout: FFmpeg's name of it.
    package static func isLabelled(_ channels: Int, layout: String?) -> Bool {
        guard channels > 2 else { return true }
        guard let layout else { return false }
        return !layout.isEmpty && !layout.contains("channels") && layout != "unknown"
    }

    /// The channel whose loudspeaker is `speaker`.
    package func channel(of speaker: Speaker) -> Int? { speakers.firstIndex(of: speaker) }

    /// Short names with a plus between them: "FL+FR+FC+LFE+BL+BR".
    package var text: String { speakers.map(\.rawValue).joined(separator: "+") }
}
