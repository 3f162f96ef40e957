/// The gain limit, in forms the kernels want.
struct ADMGain {
    let value: Double
    /// The limit where it is a whole number, else 0.
    let whole: Int32

    init(_ value: Double) {
        self.value = value
        whole = value == value.rounded() ? Int32(value) : 0
    }

    @inline(__always)
    func times(_ sizes: SIMD8<Int32>) -> SIMD8<Int32> {
        guard whole == 0 else { return sizes &* whole }
        var result = sizes
        for lane in 0..<8 { result[lane] = Int32(truncatingIfNeeded: Int(Double(sizes[lane]) * value)) }
        return result
    }
}
