import Foundation

/// The curve of SMPTE ST 2084 (PQ; also ITU-R BT.2100, table 4).
enum PerceptualQuantizer {
    /// The brightest light that the curve knows, in cd/m².
    static let peak = 10_000.0

    /// Light of a display, in cd/m², for a signal of 0...1; signals outside count as the nearest inside.
    static func light(_ signal: Double) -> Double {
        let (m1, m2) = (2610.0 / 16_384, 2523.0 / 4096 * 128)
        let (c1, c2, c3) = (3424.0 / 4096, 2413.0 / 4096 * 32, 2392.0 / 4096 * 32)
        let root = pow(min(max(signal, 0), 1), 1 / m2)
        return peak * pow(max(root - c1, 0) / (c2 - c3 * root), 1 / m1)
    }
}
