/// The mean of many values as libvmaf rounds it: summed as `Double`s one after the other, divided, rounded to `Float`.
///
/// Any other order gives a sum within `tolerance` of that one; only where the two ends of that interval round to
/// different `Float`s must the sum be taken again in order.
enum OrderedMean {
    /// Bound of the difference of two orders of summing `count` values of magnitude 1.01 at most: `count` roundings,
    /// each of half a unit in the last place of the partial sum, in both.
    private static func tolerance(_ count: Int) -> Double { 2.1 * Double(count) * Double(count) * 0x1p-53 }

    /// - Returns: The four means; `nil` when the order decides about one of `wanted`.
    static func means(_ sums: SIMD4<Double>, count: Int, wanted: [Bool]) -> SIMD4<Float>? {
        let slack = SIMD4<Double>(repeating: tolerance(count))
        let low = SIMD4<Float>((sums - slack) / Double(count))
        let high = SIMD4<Float>((sums + slack) / Double(count))
        for lane in 0..<4 where wanted[lane] && low[lane] != high[lane] { return nil }
        return exact(sums, count: count)
    }

    static func exact(_ sums: SIMD4<Double>, count: Int) -> SIMD4<Float> { SIMD4<Float>(sums / Double(count)) }
}
