/// Loudness of a programme by ITU-R BS.1770-4 and EBU Tech 3342.
package struct Loudness: Codable, Hashable, Sendable {
    /// Integrated loudness, LKFS; `nil` for silence (everything under the absolute gate of −70).
    package let integrated: Double?
    /// Loudness range, LU.
    package let range: Double
    /// True peak, dBTP; `nil` for digital silence.
    package let truePeak: Double?

    package init(integrated: Double?, range: Double, truePeak: Double?) {
        self.integrated = integrated
        self.range = range
        self.truePeak = truePeak
    }
}

/// What a delivered track must measure.
package struct LoudnessTarget: Codable, Hashable, Sendable {
    /// LKFS.
    package var integrated: Double
    /// dBTP.
    package var truePeak: Double

    /// −24 LKFS with peaks of at most −2 dBTP.
    package init(integrated: Double = -24, truePeak: Double = -2) {
        self.integrated = integrated
        self.truePeak = truePeak
    }

    /// The gain in dB that brings a programme to the target without pushing a peak over the limit.
    package func gain(for measured: Loudness) -> Double {
        guard let loudness = measured.integrated else { return 0 }
        let wanted = integrated - loudness
        let allowed = measured.truePeak.map { truePeak - $0 } ?? wanted
        return min(wanted, allowed)
    }
}
