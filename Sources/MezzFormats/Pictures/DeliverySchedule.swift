/// A leaky bucket that a stream conforms to: one entry of the HRD parameters (H.264 E.1.2, H.265 E.2.2).
package struct DeliverySchedule: Hashable, Sendable {
    package let bitsPerSecond: Int
    /// Size of the coded picture buffer.
    package let bufferBits: Int
    /// Whether bits arrive without pause (cbr_flag).
    package let isConstantRate: Bool
}
