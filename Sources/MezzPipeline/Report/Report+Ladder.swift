package import MezzCore

extension Report {
    /// The ladder, with the measurements it was chosen from.
    package struct Ladder: Hashable, Codable, Sendable {
        /// "fixed", "category", "per-title" or "per-shot".
        package let mode: String
        /// The quality model that decided, "vmaf_v0.6.1".
        package let metric: String
        package let rungs: [Rung]
        package let points: [Point]
        /// The title's own convex hull, best operating points of the whole title in order of bitrate; may be empty.
        package let hull: [HullPoint]

        package init(mode: String, metric: String, rungs: [Rung], points: [Point], hull: [HullPoint] = []) {
            self.mode = mode
            self.metric = metric
            self.rungs = rungs
            self.points = points
            self.hull = hull
        }
    }

    /// One trial encode of one shot, or a prediction in its place.
    package struct Point: Hashable, Codable, Sendable {
        package let codec: CodecFamily
        package let shot: Int
        package let width: Int
        package let height: Int
        package let crf: Double
        /// The CRF at which the whole shot would come out like the frames that were tried; `nil` in older reports.
        package let wholeCRF: Double?
        package let preset: String
        package let bps: Int
        /// Mean over the frames, as the page draws it.
        package let vmaf: Double?
        /// Harmonic mean over the frames, which the ladder is chosen by.
        package let vmafHarmonic: Double?
        package let measured: Bool

        package init(
            codec: CodecFamily, shot: Int, size: Resolution, crf: Double, preset: String, bps: Int, vmaf: Double?,
            vmafHarmonic: Double? = nil, wholeCRF: Double? = nil, measured: Bool
        ) {
            self.codec = codec
            self.shot = shot
            self.width = size.width
            self.height = size.height
            self.crf = crf.rounded(places: 2)
            self.wholeCRF = wholeCRF?.finite?.rounded(places: 3)
            self.preset = preset
            self.bps = bps
            self.vmaf = vmaf?.finite?.rounded(places: 3)
            self.vmafHarmonic = vmafHarmonic?.finite?.rounded(places: 3)
            self.measured = measured
        }

        private enum CodingKeys: String, CodingKey {
            case codec
            case shot
            case width
            case height
            case crf
            case wholeCRF = "whole_crf"
            case preset
            case bps
            case vmaf
            case vmafHarmonic = "vmaf_harmonic"
            case measured
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(codec, forKey: .codec)
            try container.encode(shot, forKey: .shot)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(crf, forKey: .crf)
            try container.encode(wholeCRF, forKey: .wholeCRF)
            try container.encode(preset, forKey: .preset)
            try container.encode(bps, forKey: .bps)
            try container.encode(vmaf, forKey: .vmaf)
            try container.encode(vmafHarmonic, forKey: .vmafHarmonic)
            try container.encode(measured, forKey: .measured)
        }
    }

    /// A point of the hull over the whole title.
    package struct HullPoint: Hashable, Codable, Sendable {
        package let codec: CodecFamily
        package let width: Int
        package let height: Int
        package let bps: Int
        package let vmaf: Double

        package init(codec: CodecFamily, size: Resolution, bps: Int, vmaf: Double) {
            self.codec = codec
            self.width = size.width
            self.height = size.height
            self.bps = bps
            self.vmaf = vmaf.rounded(places: 3)
        }
    }
}
