import Foundation
package import MezzCore

extension LoudnessRule {
    /// How a measured track misses the rule; empty when it keeps it.
    package func findings(_ loudness: Loudness, stream: Int) -> [Finding] {
        let place = Finding.Place(stream: String(stream))
        var findings: [Finding] = []
        let (anchor, measured, goal) = anchor(of: loudness)
        // Tenths are what meters show and what rules mean.
        if let measured, Self.tenths(abs(measured - goal.loudness)) > goal.tolerance {
            findings.append(
                Finding(
                    "audio.loudness", .error,
                    String(
                        format: "the %@ measures %.1f LKFS, which is not within %g ± %g", anchor.rawValue, measured,
                        goal.loudness, goal.tolerance), place: place,
                    remedy: String(format: "change the level by %+.1f dB", goal.loudness - measured)))
        }
        if let peak = loudness.truePeak, Self.tenths(peak) > truePeak {
            findings.append(
                Finding(
                    "audio.true-peak", .error,
                    String(format: "true peak %.1f dBTP is over %g", peak, truePeak), place: place,
                    remedy: "lower the peaks in the mix"))
        }
        return findings
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
