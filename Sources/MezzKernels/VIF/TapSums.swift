/// Filters rows or columns: sums of samples times taps, as vectors of the even, then the odd ones of sixteen columns.
///
/// The loops do nothing else: the compiler would not find `TapLanes.madd`'s instruction any more.
enum TapSums {
    typealias Block = UnsafeMutablePointer<TapLanes.Vector>
    typealias Rows = UnsafePointer<UnsafeRawPointer>

    /// Sums over row pairs, one for each taps vector.
    static func rows(_ rows: Rows, _ taps: TapPairs, blocks: Int, start: UInt32, to sums: Block) {
        if taps.isNine {
            Self.rows(rows, taps.vectors, blocks: blocks, start: start, nine: true, to: sums)
        } else {
            Self.rows(rows, taps.vectors, blocks: blocks, start: start, nine: false, to: sums)
        }
    }

    /// Sums over columns of a line, where the first pair of the first column is at `line`.
    static func columns(_ line: UnsafeRawPointer, _ taps: TapPairs, blocks: Int, start: UInt32, to sums: Block) {
        if taps.isNine {
            columns(line, taps, blocks: blocks, start: start, nine: true, to: sums)
        } else {
            columns(line, taps, blocks: blocks, start: start, nine: false, to: sums)
        }
    }

    /// Clears the sums of columns from `width` on.
    static func clearTail(_ sums: Block, width: Int) {
        let tail = width & 15
        guard tail > 0 else { return }
        let even = 2 &* (width &>> 4)
        for lane in 0..<8 {
            if 2 * lane >= tail { sums[even][lane] = 0 }
            if 2 * lane + 1 >= tail { sums[even + 1][lane] = 0 }
        }
    }

    @inline(__always)
    private static func rows(
        _ rows: Rows, _ taps: UnsafeRawPointer, blocks: Int, start: UInt32, nine: Bool, to sums: Block
    ) {
        let rows = TapRows(rows, nine: nine)
        for block in 0..<blocks {
            let at = block &* 64
            let even = TapLanes.rowSum(rows, at, taps, nine: nine, start: start)
            let odd = TapLanes.rowSum(rows, at &+ 32, taps, nine: nine, start: start)
            sums[2 &* block] = even
            sums[2 &* block &+ 1] = odd
        }
    }

    @inline(__always)
    private static func columns(
        _ line: UnsafeRawPointer, _ taps: TapPairs, blocks: Int, start: UInt32, nine: Bool, to sums: Block
    ) {
        let vectors = taps.vectors
        let step = taps.columnStep
        for block in 0..<blocks {
            let at = line + 32 &* block
            let even = TapLanes.columnSum(at, vectors, nine: nine, step: step, start: start)
            let odd = TapLanes.columnSum(at + 2, vectors, nine: nine, step: step, start: start)
            sums[2 &* block] = even
            sums[2 &* block &+ 1] = odd
        }
    }
}
