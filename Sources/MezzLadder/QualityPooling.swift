/// How VMAF is pooled over the frames of a title.
package enum QualityPooling: String, Hashable, Codable, Sendable, CaseIterable {
    /// frames / sum(1 / (vmaf + 1)) - 1, as libvmaf's `harmonic_mean`: low scores weigh more.
    case harmonicMean
    /// The arithmetic mean.
    case mean

    /// The distortion whose mean over frames decides the pooled value; it falls as VMAF rises.
    ///
    /// Making it additive over frames is what lets shots be allocated one by one at a common slope.
    @inline(__always)
    func distortion(vmaf: Double) -> Double {
        switch self {
        case .harmonicMean: 1 / (vmaf + 1)
        case .mean: 100 - vmaf
        }
    }

    /// The pooled VMAF at a mean distortion.
    @inline(__always)
    func vmaf(meanDistortion: Double) -> Double {
        switch self {
        case .harmonicMean: 1 / meanDistortion - 1
        case .mean: 100 - meanDistortion
        }
    }
}
