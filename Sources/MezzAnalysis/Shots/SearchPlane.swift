/// A 64×36 picture as block search wants it: the columns are dealt out to four planes by their number modulo 4, so
/// that sixteen neighbouring 4×4 cells lie in the sixteen lanes of a vector, and the edges are repeated outwards as
/// far as the search goes.
struct SearchPlane: Sendable {
    static let width = 64
    static let height = 36
    /// How far the search goes, samples.
    static let reachX = 10
    static let reachY = 7
    /// Cells a row, and the spare ones on each side.
    static let cells = width / 4
    static let margin = 3
    static let stride = cells + 2 * margin
    static let rows = height + 2 * reachY
    static let phaseSamples = stride * rows
    static let phaseBytes = 2 * phaseSamples
    static let rowBytes = 2 * stride

    /// Overlapping blocks of 8×8 samples, four apart.
    static let blockColumns = cells - 1
    static let blockRows = height / 4 - 1

    let samples: [Int16]
    /// What the best flat colour leaves of every block: the picture's own detail. One vector a row of blocks.
    let detail: [SIMD16<Int32>]

    /// - Parameter picture: 64×36 samples, row by row.
    init(_ picture: [UInt8]) {
        samples = Self.dealt(picture)
        detail = Self.detail(picture)
    }

    private static func dealt(_ picture: [UInt8]) -> [Int16] {
        [Int16](unsafeUninitializedCapacity: 4 * phaseSamples) { out, count in
            for y in 0..<rows {
                let row = min(max(y - reachY, 0), height - 1) * width
                for column in 0..<4 * stride {
                    let sample = picture[row + min(max(column - 4 * margin, 0), width - 1)]
                    out[(column & 3) * phaseSamples + y * stride + column >> 2] = Int16(sample)
                }
            }
            count = 4 * phaseSamples
        }
    }

    private static func detail(_ picture: [UInt8]) -> [SIMD16<Int32>] {
        picture.withUnsafeBytes { bytes in
            guard let corner = bytes.baseAddress else { return [] }
            return (0..<blockRows).map { blockRow in
                var row = SIMD16<Int32>.zero
                for column in 0..<blockColumns { row[column] = detail(corner + (blockRow * 4 * width + column * 4)) }
                return row
            }
        }
    }

    /// The sum of absolute differences of one block from its mean.
    private static func detail(_ corner: UnsafeRawPointer) -> Int32 {
        func line(_ y: Int) -> SIMD8<Int16> {
            SIMD8(truncatingIfNeeded: corner.loadUnaligned(fromByteOffset: y * width, as: SIMD8<UInt8>.self))
        }
        var total = SIMD8<Int16>.zero
        for y in 0..<8 { total &+= line(y) }
        let mean = SIMD8<Int16>(repeating: Int16((Int32(total.wrappedSum()) + 32) / 64))
        var sum = SIMD8<Int16>.zero
        for y in 0..<8 {
            let difference = line(y) &- mean
            let sign = difference &>> 15
            sum &+= (difference ^ sign) &- sign
        }
        return Int32(sum.wrappedSum())
    }
}
