package import MezzCore

/// A VMAF model by its published name; `:phone` behind it means the transform for small screens.
package enum MetricModel: String, Codable, Sendable, CaseIterable {
    case vmaf = "vmaf_v0.6.1"
    case vmafPhone = "vmaf_v0.6.1:phone"
    case vmafNeg = "vmaf_v0.6.1neg"
    case vmafNegPhone = "vmaf_v0.6.1neg:phone"
    case vmafStill = "vmaf_v0.6.1mfz"
    case vmafStillPhone = "vmaf_v0.6.1mfz:phone"
    case vmaf4K = "vmaf_4k_v0.6.1"
    case vmaf4KNeg = "vmaf_4k_v0.6.1neg"
    case vmafBootstrap = "vmaf_b_v0.6.3"
    case vmafBootstrapPhone = "vmaf_b_v0.6.3:phone"
    case v1HD3H = "vmaf_v1.0.16_3d0h"
    case v1HD5H = "vmaf_v1.0.16_5d0h"
    case v1UHD3H = "vmaf_v1.0.16_3d0h_2160"
    case v1UHD = "vmaf_v1.0.16_1d5h_2160"
    case v1HighRateHD3H = "vmaf_v1.0.16_hfr_3d0h"
    case v1HighRateHD5H = "vmaf_v1.0.16_hfr_5d0h"
    case v1HighRateUHD3H = "vmaf_v1.0.16_hfr_3d0h_2160"
    case v1HighRateUHD = "vmaf_v1.0.16_hfr_1d5h_2160"

    /// The model for a picture shown at `display`: the 4K model above 1080p (models are trained for a viewing
    /// distance, three picture heights at 1080p and one and a half at 4K).
    package static func standard(for display: Resolution) -> MetricModel {
        display.pixels > 1920 * 1088 ? .vmaf4K : .vmaf
    }
}
