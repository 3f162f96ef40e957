/// How a sequence codes picture order counts (H.264 7.3.2.1.1).
package enum AVCOrderCountParameters: Hashable, Sendable {
    /// Type 0: the low bits are in every slice.
    case lowBits(Int)
    /// Type 1: expected steps, and differences from them.
    case steps(isAlwaysZero: Bool, nonReference: Int, topToBottom: Int, referenceFrames: [Int])
    /// Type 2: output order is decoding order.
    case decodingOrder

    static func read(_ bits: inout BitReader) throws(FormatError) -> AVCOrderCountParameters {
        switch try bits.unsigned(upTo: 2, "pic_order_cnt_type") {
        case 0: return .lowBits(try bits.unsigned(upTo: 12, "log2_max_pic_order_cnt_lsb_minus4") + 4)
        case 1:
            let isAlwaysZero = try bits.flag()
            let nonReference = try bits.signed()
            let topToBottom = try bits.signed()
            var frames: [Int] = []
            for _ in 0..<(try bits.unsigned(upTo: 255, "num_ref_frames_in_pic_order_cnt_cycle")) {
                frames.append(try bits.signed())
            }
            return .steps(
                isAlwaysZero: isAlwaysZero, nonReference: nonReference, topToBottom: topToBottom,
                referenceFrames: frames)
        default: return .decodingOrder
        }
    }
}

/// What a slice header says about its picture order count; zeros where it says nothing.
package struct AVCOrderCountFields: Hashable, Sendable {
    /// pic_order_cnt_lsb
    package internal(set) var low = 0
    /// delta_pic_order_cnt_bottom
    package internal(set) var bottomDelta = 0
    /// delta_pic_order_cnt[0] and [1]
    package internal(set) var deltas = [0, 0]

    static func read(
        _ bits: inout BitReader, _ parameters: AVCOrderCountParameters, tellsBottom: Bool
    ) throws(FormatError) -> AVCOrderCountFields {
        var fields = AVCOrderCountFields()
        switch parameters {
        case .lowBits(let count):
            fields.low = try bits.bits(count)
            if tellsBottom { fields.bottomDelta = try bits.signed() }
        case .steps(false, _, _, _):
            fields.deltas[0] = try bits.signed()
            if tellsBottom { fields.deltas[1] = try bits.signed() }
        case .steps, .decodingOrder: break
        }
        return fields
    }
}

/// Derives picture order counts, one picture after the other (H.264 8.2.1).
///
/// Numbers wrap around 64 bits: only a stream that breaks the limits of 8.2.1 gets there.
package struct AVCOrderCounter: Hashable, Sendable {
    /// Of the last reference picture: prevPicOrderCntMsb and prevPicOrderCntLsb.
    private var high = 0
    private var low = 0
    /// Of the last picture: prevFrameNumOffset and prevFrameNum.
    private var frameOffset = 0
    private var frameNumber = 0

    package init() {}

    /// The order count of the picture that `slice` starts, and the state for the next one.
    package mutating func next(_ slice: AVCSliceHeader, _ sequence: AVCSequenceParameters) -> Int {
        var counts =
            switch sequence.orderCount {
            case .lowBits(let bits): fromLowBits(slice, bits)
            case .steps(_, let nonReference, let topToBottom, let frames):
                fromSteps(slice, sequence, nonReference, topToBottom, frames)
            case .decodingOrder: fromDecodingOrder(slice, sequence)
            }
        frameNumber = slice.frameNumber
        if slice.marking.clearsAll {
            let base = counts.value(slice.structure)
            counts.top &-= base
            counts.bottom &-= base
            (high, low) = (0, slice.structure == .bottomField ? 0 : counts.top)
            (frameOffset, frameNumber) = (0, 0)
        }
        return counts.value(slice.structure)
    }

    /// 8.2.1.1
    private mutating func fromLowBits(_ slice: AVCSliceHeader, _ bits: Int) -> FieldCounts {
        if slice.isIDR { (high, low) = (0, 0) }
        let size = 1 << bits
        var now = high
        if slice.order.low < low, low &- slice.order.low >= size / 2 {
            now = high &+ size
        } else if slice.order.low > low, slice.order.low &- low > size / 2 {
            now = high &- size
        }
        if slice.unit.referenceIndicator != 0 { (high, low) = (now, slice.order.low) }
        let count = now &+ slice.order.low
        return FieldCounts(top: count, bottom: count &+ slice.order.bottomDelta)
    }

    /// 8.2.1.2
    private mutating func fromSteps(
        _ slice: AVCSliceHeader, _ sequence: AVCSequenceParameters, _ nonReference: Int, _ topToBottom: Int,
        _ frames: [Int]
    ) -> FieldCounts {
        advanceFrameOffset(slice, sequence)
        var number = frames.isEmpty ? 0 : frameOffset &+ slice.frameNumber
        let isReference = slice.unit.referenceIndicator != 0
        if !isReference, number > 0 { number -= 1 }
        var expected = 0
        if number > 0 {
            let (cycles, place) = (number - 1).quotientAndRemainder(dividingBy: frames.count)
            expected = cycles &* frames.reduce(0, &+) &+ frames[...place].reduce(0, &+)
        }
        if !isReference { expected &+= nonReference }
        let top = expected &+ slice.order.deltas[0]
        let bottom = slice.structure == .frame ? top &+ slice.order.deltas[1] : top
        return FieldCounts(top: top, bottom: bottom &+ topToBottom)
    }

    /// 8.2.1.3
    private mutating func fromDecodingOrder(_ slice: AVCSliceHeader, _ sequence: AVCSequenceParameters) -> FieldCounts {
        advanceFrameOffset(slice, sequence)
        let twice = 2 &* (frameOffset &+ slice.frameNumber)
        let count = slice.unit.referenceIndicator == 0 && !slice.isIDR ? twice &- 1 : twice
        return FieldCounts(top: count, bottom: count)
    }

    /// FrameNumOffset
    private mutating func advanceFrameOffset(_ slice: AVCSliceHeader, _ sequence: AVCSequenceParameters) {
        if slice.isIDR {
            frameOffset = 0
        } else if frameNumber > slice.frameNumber {
            frameOffset &+= 1 << sequence.frameNumberBits
        }
    }
}

/// TopFieldOrderCnt and BottomFieldOrderCnt.
private struct FieldCounts {
    var top: Int
    var bottom: Int

    /// PicOrderCnt (H.264 equation 8-1).
    func value(_ structure: PictureStructure) -> Int {
        switch structure {
        case .frame: min(top, bottom)
        case .topField: top
        case .bottomField: bottom
        }
    }
}
