/// Derives picture order counts, one picture after the other (H.265 8.3.1).
///
/// Numbers wrap around 64 bits: only a stream that breaks the limits of 8.3.1 gets there.
package struct HEVCOrderCounter: Hashable, Sendable {
    /// Of prevTid0Pic: the last picture of the lowest sub-layer that others may refer to.
    private var previous = 0

    package init() {}

    /// - Parameters:
    ///   - low: slice_pic_order_cnt_lsb, of `lowBits` bits.
    ///   - startsSequence: Whether it is an IRAP picture with NoRaslOutputFlag: the high bits start at 0.
    package mutating func next(_ unit: HEVCUnitHeader, low: Int, lowBits: Int, startsSequence: Bool) -> Int {
        let size = 1 << lowBits
        var high = 0
        if !startsSequence {
            let previousLow = previous & (size - 1)
            high = previous &- previousLow
            if low < previousLow, previousLow - low >= size / 2 {
                high &+= size
            } else if low > previousLow, low - previousLow > size / 2 {
                high &-= size
            }
        }
        let count = high &+ low
        if unit.temporalID == 0, unit.type.leading == .none, !unit.type.isSubLayerNonReference { previous = count }
        return count
    }
}
