import Foundation

/// The part of ffprobe's JSON that inspection reads. Every field may be missing: the file decides.
struct ProbeOutput: Decodable {
    let streams: [Stream]?
    let format: Format?

    struct Format: Decodable {
        let format_name: String?
        let duration: String?
        let start_time: String?
    }

    struct Stream: Decodable {
        let index: Int
        let codec_type: String?
        let codec_name: String?
        let width: Int?
        let height: Int?
        let pix_fmt: String?
        let sample_aspect_ratio: String?
        let r_frame_rate: String?
        let avg_frame_rate: String?
        let field_order: String?
        let color_range: String?
        let color_space: String?
        let color_transfer: String?
        let color_primaries: String?
        let start_time: String?
        let duration: String?
        let nb_frames: String?
        let channels: Int?
        let channel_layout: String?
        let sample_rate: String?
        let disposition: [String: Int]?
        let tags: [String: String]?
        let side_data_list: [SideData]?
    }

    struct SideData: Decodable {
        let side_data_type: String?
        let rotation: Double?
    }
}

extension ProbeOutput.Stream {
    var isPicture: Bool { disposition?["attached_pic"] == 1 || disposition?["still_image"] == 1 }
    var isDefault: Bool { disposition?["default"] == 1 }
    var language: String {
        let tag = tags?["language"] ?? tags?["LANGUAGE"] ?? ""
        return tag.isEmpty ? "und" : tag
    }
    /// Clockwise quarter turns that a player applies.
    var quarterTurns: Int {
        let degrees = side_data_list?.compactMap(\.rotation).first ?? 0
        guard degrees.isFinite else { return 0 }
        return Int((degrees / 90).rounded()) & 3
    }
}
