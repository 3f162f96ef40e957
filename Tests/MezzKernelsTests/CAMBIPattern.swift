import MezzPixels
import MezzTestKit

/// Pictures that stress the kernels: extremes, smooth ones with bands, and noise.
enum CAMBIPattern: CaseIterable {
    case zero, largest, impulse, checkerboard, random, ramp, steps, speckles, dark

    func picture(_ format: PictureFormat, seed: UInt64) -> Picture {
        var random = SeededDice(seed: seed)
        let picture = Picture(format: format)
        for plane in picture.planes {
            let levels = (0..<64).map { _ in random.below(1 << format.bitDepth) }
            let (slope, base) = (1 + random.below(7), random.below(1 << (format.bitDepth - 1)))
            for row in 0..<plane.height {
                for column in 0..<plane.width {
                    let value = value(
                        row, column, plane, levels: levels, base: base, slope: slope, random: &random)
                    store(value, plane, row, column)
                }
                spoilMargin(plane, row, &random)
            }
        }
        return picture
    }

    private func value(
        _ row: Int, _ column: Int, _ plane: PlaneView, levels: [Int], base: Int, slope: Int,
        random: inout SeededDice
    ) -> Int {
        let largest = (1 << plane.bitDepth) - 1
        let unit = max(1, 1 << (plane.bitDepth - 10))
        switch self {
        case .zero: return 0
        case .largest: return largest
        case .impulse: return row == plane.height / 2 && column == plane.width / 2 ? largest : 0
        case .checkerboard: return (row + column) & 1 == 0 ? largest : 0
        case .random: return random.below(largest + 1)
        case .ramp: return min(largest, base + (column + row * slope) / 16 * unit)
        case .steps: return levels[(row / 7 * 5 + column / 11) & 63]
        case .speckles: return min(largest, base + (random.below(12) == 0 ? random.below(5) : 0) * unit)
        case .dark: return (row / 8 + column / 9) % 7 * unit + random.below(20) / 19
        }
    }

    private func store(_ value: Int, _ plane: PlaneView, _ row: Int, _ column: Int) {
        let line = plane.base + row * plane.strideBytes
        if plane.bitDepth == 8 {
            line.storeBytes(of: UInt8(value), toByteOffset: column, as: UInt8.self)
        } else {
            line.storeBytes(of: UInt16(value), toByteOffset: column * 2, as: UInt16.self)
        }
    }

    /// What lies behind a row must not matter.
    private func spoilMargin(_ plane: PlaneView, _ row: Int, _ random: inout SeededDice) {
        let line = plane.base + row * plane.strideBytes
        for byte in plane.width * (plane.bitDepth > 8 ? 2 : 1)..<plane.strideBytes {
            line.storeBytes(of: UInt8(random.below(256)), toByteOffset: byte, as: UInt8.self)
        }
    }
}
