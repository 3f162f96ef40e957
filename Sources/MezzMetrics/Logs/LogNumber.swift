import Foundation

/// Numbers as libvmaf's logs print them.
enum LogNumber {
    /// Six decimals; sixteen for a value with six zeros behind its point that is not a whole number.
    static func text(_ value: Double) -> String {
        let fraction = abs(value).truncatingRemainder(dividingBy: 1)
        let isHidden = fraction != 0 && fraction < 1e-6
        return String(format: isHidden ? "%.16f" : "%.6f", value)
    }

    /// The same in JSON, which has no word for what is not a number.
    static func json(_ value: Double) -> String { value.isFinite ? text(value) : "null" }
}
