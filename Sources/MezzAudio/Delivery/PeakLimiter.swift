import Foundation

/// A true-peak limiter: FFmpeg's look-ahead limiter at four times the rate, where samples are as close together as a
/// true-peak meter's (ITU-R BS.1770-5, Annex 2).
enum PeakLimiter {
    private static let oversampling = 4
    /// dB kept for what the way back to the delivered rate and a meter's own interpolation add.
    private static let margin = 0.3

    /// - Parameter ceiling: dBTP.
    static func filters(ceiling: Double) -> [String] {
        let limit = pow(10, (ceiling - margin) / 20)
        let rate = SoundInput.sampleRate
        return [
            "aresample=\(rate * oversampling)",
            "alimiter=limit=\(limit):attack=5:release=100:level=disabled:latency=1",
            "aresample=\(rate)",
        ]
    }
}
