/// Numbers in rows that begin on a multiple of the vector's size; what pads a row may be read and written but means
/// nothing.
package final class FloatField {
    typealias Eight = SIMD8<Float>

    package let width: Int
    package let height: Int
    /// Numbers from one row to the next.
    let stride: Int
    let base: UnsafeMutablePointer<Float>

    /// Zeros.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        stride = (width + 7) & ~7
        let raw = UnsafeMutableRawPointer.allocate(byteCount: 4 * stride * height + 64, alignment: 64)
        base = raw.bindMemory(to: Float.self, capacity: stride * height)
        clear()
    }

    deinit { base.deallocate() }

    func clear() { base.update(repeating: 0, count: stride * height) }

    /// The first number of row `y`.
    @inline(__always)
    package func row(_ y: Int) -> UnsafeMutablePointer<Float> { base + y * stride }

    @inline(__always)
    static func load(_ from: UnsafeMutablePointer<Float>) -> Eight {
        UnsafeRawPointer(from).loadUnaligned(as: Eight.self)
    }

    @inline(__always)
    static func store(_ value: Eight, _ to: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(to).storeBytes(of: value, as: Eight.self)
    }
}
