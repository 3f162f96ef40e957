import Foundation
import MezzAnalysis
import MezzTestKit

/// A plane of 8-bit samples drawn by a formula.
struct DrawnPlane {
    let width: Int
    let height: Int
    var samples: [UInt8]

    /// - Parameter value: By column and row; rounded and clipped.
    init(_ width: Int, _ height: Int, _ value: (Double, Double) -> Double) {
        self.width = width
        self.height = height
        samples = (0..<width * height).map { at in
            UInt8(min(255, max(0, value(Double(at % width), Double(at / width)).rounded())))
        }
    }

    /// Samples without any order.
    static func random(_ width: Int, _ height: Int, seed: UInt64, extreme: Bool = false) -> DrawnPlane {
        var dice = SeededDice(seed: seed)
        return DrawnPlane(width, height) { _, _ in extreme ? Double(dice.below(2) * 255) : Double(dice.below(256)) }
    }

    /// Smooth texture without a period, moved right and down.
    static func texture(_ width: Int, _ height: Int, movedBy dx: Double = 0, _ dy: Double = 0) -> DrawnPlane {
        let waves = [(0.31, 0.17, 30.0), (-0.23, 0.29, 25), (0.11, -0.37, 20), (0.47, 0.05, 12), (0.07, 0.45, 12)]
        return DrawnPlane(width, height) { x, y in
            waves.reduce(128) { $0 + $1.2 * sin($1.0 * (x - dx) + $1.1 * (y - dy) + $1.2) }
        }
    }

    /// With noise of a normal distribution (Box and Muller).
    func noisy(_ deviation: Double, seed: UInt64) -> DrawnPlane {
        var dice = SeededDice(seed: seed)
        func uniform() -> Double { (Double(dice.below(1 << 30)) + 1) / Double(1 << 30) }
        return DrawnPlane(width, height) { x, y in
            let normal = (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
            return Double(self[Int(x), Int(y)]) + deviation * normal
        }
    }

    subscript(x: Int, y: Int) -> UInt8 { samples[y * width + x] }

    func with<Value>(_ body: (PlaneView) -> Value) -> Value? {
        samples.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { body(PlaneView($0, width: width, height: height)) }
        }
    }

    /// Both planes at once.
    func with<Value>(_ other: DrawnPlane, _ body: (PlaneView, PlaneView) -> Value) -> Value? {
        with { first in other.with { body(first, $0) } }.flatMap(\.self)
    }
}

/// Standard deviation, squared.
func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count))
}
