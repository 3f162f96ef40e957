/// The gain limits of the variants, and room for what differs between them.
final class VIFLimits: @unchecked Sendable {
    // Unchecked: one work item uses it at a time.

    let count: Int
    let gains: UnsafeMutablePointer<Double>
    /// Sums of exponents.
    let exponents: UnsafeMutablePointer<SIMD4<UInt64>>
    /// Keys of a row for each variant.
    let keys: UnsafeMutablePointer<SIMD8<UInt32>>

    init(_ limits: [Double], blocks: Int) {
        count = limits.count
        gains = .allocate(capacity: count)
        exponents = .allocate(capacity: count)
        exponents.initialize(repeating: SIMD4(), count: count)
        keys = .allocate(capacity: count * blocks)
        keys.initialize(repeating: SIMD8(), count: count * blocks)
        for (index, limit) in limits.enumerated() { (gains + index).initialize(to: limit) }
    }

    deinit {
        gains.deallocate()
        exponents.deallocate()
        keys.deallocate()
    }
}
