import Foundation

/// A limiter for true peaks: FFmpeg's `alimiter`, which looks ahead, at 192 kHz, where samples lie close enough together
/// to show the peaks between them (ITU-R BS.1770-5 Annex 2 asks for four times 48 kHz).
package struct PeakLimiter: Codable, Hashable, Sendable {
    /// dBTP.
    package let ceiling: Double

    /// - Parameter ceiling: −20…0 dBTP, which is what the filter can hold; anything else becomes the nearer end.
    package init(ceiling: Double) {
        self.ceiling = min(0, max(-20, ceiling))
    }

    private static let rate = 192_000
    /// Milliseconds that it looks ahead, and that the gain takes to come back.
    private static let attack = 5
    private static let release = 80
    /// dB that the way back to the delivered rate may add to a peak.
    private static let margin = 0.15

    /// Filters for sound of `sampleRate`, in order (FFmpeg syntax). Time does not move.
    package func filters(sampleRate: Int) -> [String] {
        let limit = String(format: "%.6f", locale: nil, pow(10, (ceiling - Self.margin) / 20))
        return [
            "aresample=\(Self.rate)",
            "alimiter=limit=\(limit):attack=\(Self.attack):release=\(Self.release):level=disabled:latency=1",
            "aresample=\(sampleRate)",
        ]
    }
}
