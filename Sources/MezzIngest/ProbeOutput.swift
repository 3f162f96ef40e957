import Foundation
import MezzCore

/// The part of ffprobe's JSON that inspection reads. Every field may be missing: the file decides.
struct ProbeOutput: Decodable {
    let streams: [Stream]?
    let format: Format?

    struct Format: Decodable {
        let formatName: String?
        let duration: String?
        let startTime: String?

        private enum CodingKeys: String, CodingKey {
            case formatName = "format_name"
            case duration
            case startTime = "start_time"
        }
    }

    struct Stream: Decodable {
        let index: Int
        let codecType: String?
        let codecName: String?
        let width: Int?
        let height: Int?
        let pixFmt: String?
        let sampleAspectRatio: String?
        let rFrameRate: String?
        let avgFrameRate: String?
        let fieldOrder: String?
        let colorRange: String?
        let colorSpace: String?
        let colorTransfer: String?
        let colorPrimaries: String?
        let startTime: String?
        let duration: String?
        let nbFrames: String?
        let channels: Int?
        let channelLayout: String?
        let sampleRate: String?
        let disposition: [String: Int]?
        let tags: [String: String]?
        let sideDataList: [SideData]?

        private enum CodingKeys: String, CodingKey {
            case index
            case codecType = "codec_type"
            case codecName = "codec_name"
            case width
            case height
            case pixFmt = "pix_fmt"
            case sampleAspectRatio = "sample_aspect_ratio"
            case rFrameRate = "r_frame_rate"
            case avgFrameRate = "avg_frame_rate"
            case fieldOrder = "field_order"
            case colorRange = "color_range"
            case colorSpace = "color_space"
            case colorTransfer = "color_transfer"
            case colorPrimaries = "color_primaries"
            case startTime = "start_time"
            case duration
            case nbFrames = "nb_frames"
            case channels
            case channelLayout = "channel_layout"
            case sampleRate = "sample_rate"
            case disposition
            case tags
            case sideDataList = "side_data_list"
        }
    }

    struct SideData: Decodable {
        let sideDataType: String?
        let rotation: Double?
        /// Fractions such as "34000/50000".
        let greenX, greenY, blueX, blueY, redX, redY, whiteX, whiteY, minLuminance, maxLuminance: String?
        /// Of a Dolby Vision configuration record.
        let dolbyVisionProfile, dolbyVisionCompatibility: Int?
        let maxContent: Int?
        let maxAverage: Int?

        private enum CodingKeys: String, CodingKey {
            case sideDataType = "side_data_type"
            case rotation
            case greenX = "green_x"
            case greenY = "green_y"
            case blueX = "blue_x"
            case blueY = "blue_y"
            case redX = "red_x"
            case redY = "red_y"
            case whiteX = "white_point_x"
            case whiteY = "white_point_y"
            case minLuminance = "min_luminance"
            case maxLuminance = "max_luminance"
            case dolbyVisionProfile = "dv_profile"
            case dolbyVisionCompatibility = "dv_bl_signal_compatibility_id"
            case maxContent = "max_content"
            case maxAverage = "max_average"
        }
    }
}

extension ProbeOutput.Stream {
    var isPicture: Bool { disposition?["attached_pic"] == 1 || disposition?["still_image"] == 1 }
    var isDefault: Bool { disposition?["default"] == 1 }
    var language: String {
        let tag = tags?["language"] ?? tags?["LANGUAGE"] ?? ""
        return tag.isEmpty ? "und" : tag
    }
    /// What the file calls it.
    var title: String? {
        let title = (tags?["title"] ?? tags?["TITLE"] ?? "").trimmingCharacters(in: .whitespaces)
        return title.isEmpty ? nil : String(title.prefix(100))
    }
    /// Clockwise quarter turns that a player applies.
    var quarterTurns: Int {
        let degrees = sideDataList?.compactMap(\.rotation).first ?? 0
        guard degrees.isFinite else { return 0 }
        let quarters = degrees.truncatingRemainder(dividingBy: 360) / 90
        // FFmpeg turns by other angles inside a picture of the same size.
        return abs(quarters - quarters.rounded()) < 0.01 ? Int(quarters.rounded()) & 3 : 0
    }
}
