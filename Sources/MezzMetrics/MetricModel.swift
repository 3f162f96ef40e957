package import MezzCore

/// A VMAF model by its published name.
package enum MetricModel: String, Codable, Sendable, CaseIterable {
    case vmaf = "vmaf_v0.6.1"
    case vmafNeg = "vmaf_v0.6.1neg"
    case vmaf4K = "vmaf_4k_v0.6.1"

    /// The model for a picture shown at `display`: the 4K model above 1080p (models are trained for a viewing
    /// distance, three picture heights at 1080p and one and a half at 4K).
    package static func standard(for display: Resolution) -> MetricModel {
        display.pixels > 1920 * 1088 ? .vmaf4K : .vmaf
    }
}
