import MezzCore

/// Measures the light of one frame after the other.
///
/// Of a pixel only the brightest of red, green and blue counts (MaxRGB), and one curve turns each into light: so the
/// brightest is found among the signals, and one look-up a pixel turns it into light.
final class FrameLight {
    private let format: LightFormat
    private let line: SignalLine
    private let table: [UInt32]
    private let firstLit: Int16
    private var frames = 0
    private var brightestSignal: Int16 = 0
    private var brightestFrame: UInt64 = 0
    private var lit: LitArea?

    init(_ format: LightFormat) {
        self.format = format
        let scale = LightScale(format)
        line = SignalLine(format, scale)
        table = scale.table
        firstLit = scale.firstLit
    }

    var measurement: LightMeasurement {
        LightMeasurement(
            frames: frames, size: format.size, brightestPixel: frames > 0 ? table[Int(brightestSignal)] : 0,
            brightestFrame: brightestFrame, lit: lit)
    }

    /// - Parameter frame: `format.frameBytes` bytes: planes of little-endian samples of 16 bits.
    func add(_ frame: UnsafeRawBufferPointer) {
        precondition(frame.count >= format.frameBytes, "a frame has all its planes")
        guard let first = frame.baseAddress else { return }
        let second = first + 2 * format.size.pixels
        let planes = (first, second, second + 2 * format.chromaWidth * format.chromaHeight)
        var sum: UInt64 = 0
        for row in 0..<format.size.height {
            let brightest = format.planes == .rgb ? readColors(planes, row) : readLuma(planes, row)
            brightestSignal = max(brightestSignal, brightest)
            if brightest >= firstLit { widen(to: row) }
            sum += lineSum()
        }
        brightestFrame = max(brightestFrame, sum)
        frames += 1
    }

    private typealias Planes = (UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer)

    private func readColors(_ planes: Planes, _ row: Int) -> Int16 {
        let offset = 2 * row * format.size.width
        return line.readColors(planes.0 + offset, planes.1 + offset, planes.2 + offset)
    }

    private func readLuma(_ planes: Planes, _ row: Int) -> Int16 {
        let isHalved = format.chromaHeight < format.size.height
        if !isHalved || row % 2 == 0 {
            let offset = 2 * (isHalved ? row / 2 : row) * format.chromaWidth
            line.readChroma(
                planes.1 + offset, planes.2 + offset, count: format.chromaWidth,
                isHalved: format.chromaWidth < format.size.width)
        }
        return line.readLuma(planes.0 + 2 * row * format.size.width)
    }

    /// The light of a line's pixels. Whole numbers: the order in which they are added does not matter.
    private func lineSum() -> UInt64 {
        let (width, signals) = (format.size.width, line.signals)
        return table.withUnsafeBufferPointer { table in
            var (even, odd): (UInt64, UInt64) = (0, 0)
            var column = 0
            while column + 2 <= width {
                even &+= UInt64(table[Int(signals[column])])
                odd &+= UInt64(table[Int(signals[column + 1])])
                column += 2
            }
            if column < width { even &+= UInt64(table[Int(signals[column])]) }
            return even &+ odd
        }
    }

    /// Widens the lit area to a line with something lit; what lies inside it already is not looked at again.
    private func widen(to row: Int) {
        let (width, signals) = (format.size.width, line.signals)
        let known = lit?.columns
        let left = (0..<(known?.lowerBound ?? width)).first { signals[$0] >= firstLit }
        let right = ((known.map { $0.upperBound + 1 } ?? 0)..<width).last { signals[$0] >= firstLit }
        let columns = [left, known?.lowerBound, right, known?.upperBound].compactMap(\.self)
        guard let first = columns.min(), let last = columns.max() else { return }
        let area = LitArea(rows: row...row, columns: first...last)
        lit = lit.map { $0.union(area) } ?? area
    }
}
