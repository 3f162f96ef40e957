/// A row of weighted coefficients, as magnitudes, and of what they add to the masking threshold.
struct ADMWeighedRow {
    let horizontal: UnsafeMutablePointer<Int32>
    let vertical: UnsafeMutablePointer<Int32>
    let diagonal: UnsafeMutablePointer<Int32>
    /// Threshold a place adds to each neighbour, from the other part of the same encode.
    let spread: UnsafeMutablePointer<Int32>
    /// What it adds to its own, less `spread`: sums over nine places count that in.
    let own: UnsafeMutablePointer<Int32>

    @inline(__always)
    func store(_ h: SIMD8<Int32>, _ v: SIMD8<Int32>, _ d: SIMD8<Int32>, _ at: Int) {
        UnsafeMutableRawPointer(horizontal + at).storeBytes(of: h, as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(vertical + at).storeBytes(of: v, as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(diagonal + at).storeBytes(of: d, as: SIMD8<Int32>.self)
    }

    typealias Masks = (SIMD8<Int32>, SIMD8<Int32>)

    @inline(__always)
    func store(threshold h: Masks, _ v: Masks, _ d: Masks, _ at: Int) {
        let around = h.0 &+ v.0 &+ d.0
        UnsafeMutableRawPointer(spread + at).storeBytes(of: around, as: SIMD8<Int32>.self)
        let centre = h.1 &+ v.1 &+ d.1 &- around
        UnsafeMutableRawPointer(own + at).storeBytes(of: centre, as: SIMD8<Int32>.self)
    }
}
