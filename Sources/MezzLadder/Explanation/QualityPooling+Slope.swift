extension QualityPooling {
    /// What a slope among those of a title's shots means for the title: the pooled VMAF that one more bit per second
    /// of the title's mean buys, spent where the slope is found.
    ///
    /// A shot of a share w of the frames takes 1 / w more bits per second, and its distortion counts w times: the share
    /// cancels, and the slope is that of the title's mean distortion D. For the harmonic mean VMAF = 1 / D - 1, so
    /// d VMAF = -(VMAF + 1)² d D; for the mean d VMAF = -d D.
    /// - Parameters:
    ///   - slope: Distortion removed per bit per second, as in `SlopeExplanation`.
    ///   - vmaf: The title's pooled VMAF, 0...100, at which the derivative is taken.
    package func titleVMAFPerBps(slope: Double, at vmaf: Double) -> Double {
        switch self {
        case .harmonicMean: slope * (vmaf + 1) * (vmaf + 1)
        case .mean: slope
        }
    }
}
