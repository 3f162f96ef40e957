import Foundation

/// The discrete Fourier transform of two real signals at once, in place: radix 2 (Cooley and Tukey 1965).
struct Fourier {
    let count: Int
    private let cosines: [Float]
    private let sines: [Float]
    private let reversed: [Int]

    /// - Parameter count: A power of two, 4 or more.
    init(count: Int) {
        self.count = count
        cosines = (0..<count / 2).map { Float(cos(2 * Double.pi * Double($0) / Double(count))) }
        sines = (0..<count / 2).map { Float(-sin(2 * Double.pi * Double($0) / Double(count))) }
        let bits = count.trailingZeroBitCount
        reversed = (0..<count).map { number in
            (0..<bits).reduce(0) { $0 << 1 | number >> $1 & 1 }
        }
    }

    /// Transforms `real` + i·`imaginary`, both of `count` values.
    func transform(_ real: inout [Float], _ imaginary: inout [Float]) {
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                for (place, other) in reversed.enumerated() where place < other {
                    real.swapAt(place, other)
                    imaginary.swapAt(place, other)
                }
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { butterflies(real, imaginary, cosines, $0) }
                }
            }
        }
    }

    private func butterflies(
        _ real: UnsafeMutableBufferPointer<Float>, _ imaginary: UnsafeMutableBufferPointer<Float>,
        _ cosines: UnsafeBufferPointer<Float>, _ sines: UnsafeBufferPointer<Float>
    ) {
        var half = 1
        while half < count {
            let stride = count / (2 * half)
            var start = 0
            while start < count {
                for offset in 0..<half {
                    let (low, high, turn) = (start + offset, start + offset + half, offset * stride)
                    let (c, s) = (cosines[turn], sines[turn])
                    let re = real[high] * c - imaginary[high] * s
                    let im = real[high] * s + imaginary[high] * c
                    (real[high], imaginary[high]) = (real[low] - re, imaginary[low] - im)
                    (real[low], imaginary[low]) = (real[low] + re, imaginary[low] + im)
                }
                start += 2 * half
            }
            half *= 2
        }
    }
}
