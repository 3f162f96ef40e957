/// The SEI messages of a picture that say something about its timing, its entry points and its colours.
package struct PictureMessages: Hashable, Sendable {
    package internal(set) var bufferingPeriod: BufferingPeriod?
    package internal(set) var timing: PictureTiming?
    package internal(set) var recoveryPoint: RecoveryPoint?
    package internal(set) var masteringDisplay: MasteringDisplay?
    package internal(set) var contentLight: ContentLight?
    /// preferred_transfer_characteristics of the alternative transfer characteristics message (147), by H.273.
    package internal(set) var alternativeTransfer: Int?
    /// User data registered by T.35, in order.
    package internal(set) var registeredData: [RegisteredData] = []
    /// payloadType of every message, in order; the first 1024.
    package internal(set) var types: [Int] = []
    /// Dolby Vision RPU NAL units (HEVC type 62).
    package internal(set) var dolbyVisionUnits = 0

    /// Types and user data kept of one picture.
    static let mostTypes = 1024
    private static let mostRegistered = 256

    /// Reads a message that is the same in both codecs and depends on nothing.
    /// - Returns: Whether it was one.
    mutating func read(_ message: SEIMessage) throws(FormatError) -> Bool {
        var bits = try message.bits
        switch message.type {
        case 4:
            let data = try RegisteredData.read(&bits)
            if registeredData.count < Self.mostRegistered { registeredData.append(data) }
        case 137: masteringDisplay = try MasteringDisplay.read(&bits)
        case 144: contentLight = try ContentLight.read(&bits)
        case 147: alternativeTransfer = try bits.bits(8)
        default: return false
        }
        return true
    }
}

/// Where decoding may start without an IDR picture (H.264 D.2.8, H.265 D.3.8).
package struct RecoveryPoint: Hashable, Sendable {
    /// AVC: recovery_frame_cnt, in frame numbers; HEVC: recovery_poc_cnt, in picture order counts.
    package let distance: Int
    /// Whether pictures from there on are exactly those of a full decode.
    package let isExact: Bool
    /// broken_link_flag: pictures may show damage from splicing.
    package let isBrokenLink: Bool
}

/// When the coded picture buffer starts to be emptied (H.264 D.2.2, H.265 D.3.2), in ticks of 90 kHz.
package struct BufferingPeriod: Hashable, Sendable {
    /// Of one delivery schedule.
    package struct Delay: Hashable, Sendable {
        /// initial_cpb_removal_delay
        package let initialRemoval: Int
        /// initial_cpb_removal_delay_offset
        package let initialOffset: Int
    }

    package let sequenceID: Int
    /// By delivery schedule; empty without NAL HRD parameters.
    package let nal: [Delay]
    /// By delivery schedule; empty without VCL HRD parameters.
    package let vcl: [Delay]
    /// HEVC: this buffering period continues the one before as if nothing had been removed in between.
    package let isConcatenated: Bool
    /// HEVC: au_cpb_removal_delay_delta_minus1 + 1; 0 in AVC.
    package let removalDelayDelta: Int
}

/// When a picture leaves the coded and the decoded picture buffer (H.264 D.2.3, H.265 D.3.3), in clock ticks.
package struct PictureTiming: Hashable, Sendable {
    /// AVC: cpb_removal_delay; HEVC: au_cpb_removal_delay_minus1 + 1. `nil` without HRD parameters.
    package let removalDelay: Int?
    /// dpb_output_delay, after removal.
    package let outputDelay: Int?
    /// pic_struct: 0 a frame, 1 and 2 fields, 3 to 6 pulled-down fields, 7 and 8 repeated frames; see the standards for
    /// HEVC's 9 to 12. `nil` where the sequence says that there is none.
    package let pictureStructure: Int?
}
