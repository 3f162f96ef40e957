import Foundation
package import MezzCore

/// A delivered track as measured after its decode.
package struct EncodedAudio: Codable, Hashable, Sendable {
    /// On the delivered layout, before the gain.
    package let source: Loudness
    package let delivered: Loudness
    /// dB.
    package let gain: Double
    /// Whether the limiter worked.
    package let isLimited: Bool
    /// FFmpeg's name of the encoder, or the program that encoded.
    package let encoder: String
    /// What came out, by the report's names of codecs.
    package let codec: String
    package let findings: [Finding]
}

extension AudioRecipe {
    /// What is to be said of the delivered track.
    /// - Parameter stream: How the track is called in findings.
    func findings(_ delivered: Loudness, stream: String) -> [Finding] {
        let place = Finding.Place(stream: stream)
        guard let rule else { return [] }
        let (anchor, measured, goal) = rule.anchor(of: delivered)
        guard let measured else {
            return [
                Finding(
                    "audio.silent", .warning, "the track is silent", place: place,
                    remedy: "check that the right track was delivered")
            ]
        }
        if let peak = delivered.truePeak, peak > rule.truePeak {
            return [
                Finding(
                    "audio.true-peak", .error,
                    String(format: "true peak %.2f dBTP is over %g", peak, rule.truePeak), place: place,
                    remedy: "lower the peaks in the mix")
            ]
        }
        let miss = measured - goal.loudness
        if miss < -AudioEncoder.tolerance {
            return [
                Finding(
                    "audio.peak-limited-gain", .warning,
                    String(
                        format: "the %@ has %.2f LKFS instead of %g: more gain would push peaks over %g dBTP",
                        anchor.rawValue, measured, goal.loudness, rule.truePeak),
                    place: place,
                    remedy: "deliver a mix with less dynamic peaks, limit them with --limiter, or accept it")
            ]
        }
        guard miss > AudioEncoder.tolerance else { return [] }
        return [
            Finding(
                "audio.loudness", .error,
                String(format: "the %@ has %.2f LKFS instead of %g", anchor.rawValue, measured, goal.loudness),
                place: place, remedy: "report it with the source's loudness by mezz loudness")
        ]
    }
}
