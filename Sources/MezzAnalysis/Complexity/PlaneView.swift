/// Eight-bit samples, row by row, that lie in memory somebody else holds.
package struct PlaneView {
    let base: UnsafePointer<UInt8>
    package let width: Int
    package let height: Int
    /// Samples from one row to the next.
    let stride: Int

    /// - Parameter stride: Samples from one row to the next; without, rows follow each other.
    package init(_ base: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int? = nil) {
        self.base = base
        self.width = width
        self.height = height
        self.stride = stride ?? width
    }

    /// All of it.
    package var whole: PlaneArea { PlaneArea(rows: 0..<height, columns: 0..<width) }

    @inline(__always)
    func row(_ y: Int) -> UnsafePointer<UInt8> { base + y * stride }

    /// Eight samples from column `x` of `row` on.
    @inline(__always)
    static func eight(_ row: UnsafePointer<UInt8>, _ x: Int) -> SIMD8<Int16> {
        SIMD8(bytes: UnsafeRawPointer(row + x).loadUnaligned(as: SIMD8<UInt8>.self))
    }
}

/// Rows and columns of a plane.
package struct PlaneArea: Hashable, Sendable {
    package var rows: Range<Int>
    package var columns: Range<Int>

    /// - Parameters: Ranges inside the plane.
    package init(rows: Range<Int>, columns: Range<Int>) {
        self.rows = rows
        self.columns = columns
    }
}

/// Sum and sum of squares of many numbers.
struct Moments {
    var sum = 0.0
    var squares = 0.0

    /// Standard deviation, squared, of `count` numbers; those that were not added count as 0.
    func variance(count: Int) -> Double {
        guard count > 0 else { return 0 }
        let mean = sum / Double(count)
        return max(0, squares / Double(count) - mean * mean)
    }
}
