/// Memory in which one band counts; kept zero between uses, so that it need not be cleared.
final class CAMBIScratch: @unchecked Sendable {
    // Unchecked: one thread at a time takes it from the store.

    /// For each group of 8 bins and each column, how many samples of the window's rows are in each bin.
    let columns: UnsafeMutablePointer<UInt16>
    /// For each pair of neighbouring groups the counts of the whole window, and the place they were made for.
    let windows: UnsafeMutablePointer<SIMD16<UInt16>>
    let places: UnsafeMutablePointer<Int>
    private let raw: UnsafeMutableRawPointer

    init(width: Int, window: Int) {
        let bytes = CAMBIBins.groups * (width + window + 1) * 16
        raw = .allocate(byteCount: bytes, alignment: 64)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        columns = raw.assumingMemoryBound(to: UInt16.self)
        windows = .allocate(capacity: CAMBIBins.groups + 1)
        windows.initialize(repeating: .zero, count: CAMBIBins.groups + 1)
        places = .allocate(capacity: CAMBIBins.groups + 1)
    }

    deinit {
        raw.deallocate()
        windows.deallocate()
        places.deallocate()
    }
}

/// Contrasts of the samples of one band: how often a luma occurs in the window around a sample, and those next to it.
///
/// Every column keeps a histogram of the window's rows. The window's counts slide over these along a row, but only
/// the sixteen bins around the current luma; those of other lumas catch up, or are added anew, when they are needed.
struct CAMBIWindow {
    typealias Counts = SIMD16<UInt16>

    let bins: CAMBIPlane
    let half: Int
    let table: CAMBIBins
    let reciprocals: [Float]

    /// - Parameter contrasts: Gets the contrasts above 0, one after the other.
    func run(rows: Range<Int>, scratch: CAMBIScratch, contrasts: UnsafeMutablePointer<Float>) -> CAMBIBandResult {
        scratch.places.initialize(repeating: .min / 8, count: CAMBIBins.groups + 1)
        for row in max(0, rows.lowerBound - half)..<min(bins.height, rows.lowerBound + half) {
            enter(row, scratch)
        }
        var result = CAMBIBandResult()
        var place = 0
        for row in rows {
            let enters = row + half < bins.height
            let leaves = row - half - 1 >= max(0, rows.lowerBound - half)
            if enters && leaves {
                exchange(row + half, row - half - 1, scratch)
            } else if enters {
                enter(row + half, scratch)
            } else if leaves {
                leave(row - half - 1, scratch)
            }
            let scored = score(row, place: place, scratch: scratch, contrasts: contrasts + result.count)
            result.count += scored.count
            result.sum += UInt128(scored.sum)
            // Far enough for nothing to slide from one row to the next.
            place += bins.width + 4 * half + 4
        }
        for row in max(0, rows.upperBound - 1 - half)..<min(bins.height, rows.upperBound + half) {
            leave(row, scratch)
        }
        return result
    }

    private var columnCount: Int { bins.width + 2 * half + 2 }

    private func enter(_ row: Int, _ scratch: CAMBIScratch) { change(row, scratch, by: 1) }

    private func leave(_ row: Int, _ scratch: CAMBIScratch) { change(row, scratch, by: .max) }

    @inline(__always)
    private func change(_ row: Int, _ scratch: CAMBIScratch, by step: UInt16) {
        let from = bins.row(row).assumingMemoryBound(to: UInt16.self)
        let pitch = columnCount
        var column = scratch.columns + (half + 1) * 8
        for at in 0..<bins.width {
            let bin = Int(from[at])
            column[(bin >> 3) &* pitch &* 8 &+ (bin & 7)] &+= step
            column += 8
        }
    }

    /// Lets a row in and another out: where eight columns have the same bins in both, which is common, nothing
    /// changes.
    private func exchange(_ new: Int, _ old: Int, _ scratch: CAMBIScratch) {
        let enters = bins.row(new)
        let leaves = bins.row(old)
        let pitch = columnCount
        for from in stride(from: 0, to: bins.width, by: 8) {
            let up = (enters + from &* 2).loadUnaligned(as: SIMD2<UInt64>.self)
            let differences = up ^ (leaves + from &* 2).loadUnaligned(as: SIMD2<UInt64>.self)
            if differences[0] | differences[1] == 0 { continue }
            for at in from..<min(bins.width, from &+ 8) {
                let column = scratch.columns + (at &+ half &+ 1) &* 8
                let up = Int(enters.load(fromByteOffset: at &* 2, as: UInt16.self))
                let down = Int(leaves.load(fromByteOffset: at &* 2, as: UInt16.self))
                column[(up >> 3) &* pitch &* 8 &+ (up & 7)] &+= 1
                column[(down >> 3) &* pitch &* 8 &+ (down & 7)] &-= 1
            }
        }
    }

    private func score(
        _ row: Int, place: Int, scratch: CAMBIScratch, contrasts: UnsafeMutablePointer<Float>
    ) -> (count: Int, sum: UInt64) {
        table.weights.withUnsafeBufferPointer { weights in
            reciprocals.withUnsafeBufferPointer { reciprocals in
                guard let weights = weights.baseAddress, let reciprocals = reciprocals.baseAddress else {
                    return (0, 0)
                }
                let line = CAMBILine(
                    bins: bins.row(row).assumingMemoryBound(to: UInt16.self), width: bins.width, place: place,
                    columns: scratch.columns, pitch: columnCount * 8, reach: 2 * half + 1, windows: scratch.windows,
                    places: scratch.places, first: table.scored.lowerBound, span: UInt(table.scored.count - 1),
                    weights: weights, reciprocals: reciprocals)
                return line.score(to: contrasts)
            }
        }
    }
}

/// What a band adds to its scale.
struct CAMBIBandResult {
    /// Contrasts above 0.
    var count = 0
    /// Their sum in units of 2⁻²⁴, which no contrast (at least ½, 24 bits long) is finer than.
    var sum: UInt128 = 0
}
