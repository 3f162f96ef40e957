import MezzFormats

/// Writes a sequence parameter set and its picture parameter set.
struct AVCSequenceRecipe {
    var level = 30
    var orderType = 0
    var nonReference = 0
    var cycle: [Int] = []
    var isFrameOnly = true

    var units: [[UInt8]] {
        var sequence = BitWriter()
        for byte in [77, 0, level] { sequence.put(byte, 8) }
        // Id, frame numbers of 4 bits.
        for number in [0, 0, orderType] { sequence.unsigned(number) }
        if orderType == 0 { sequence.unsigned(0) }
        if orderType == 1 {
            sequence.flag(false)
            sequence.signed(nonReference)
            sequence.signed(0)
            sequence.unsigned(cycle.count)
            for step in cycle { sequence.signed(step) }
        }
        sequence.unsigned(4)
        sequence.flag(false)
        for number in [9, 5] { sequence.unsigned(number) }
        sequence.flag(isFrameOnly)
        if !isFrameOnly { sequence.flag(false) }
        // direct_8x8_inference_flag, no cropping, no usability information.
        for flag in [true, false, false] { sequence.flag(flag) }
        var picture = BitWriter()
        for number in [0, 0] { picture.unsigned(number) }
        for flag in [false, false] { picture.flag(flag) }
        for number in [0, 0, 0] { picture.unsigned(number) }
        picture.flag(false)
        picture.put(0, 2)
        for _ in 0..<3 { picture.signed(0) }
        for _ in 0..<3 { picture.flag(false) }
        return [sequence.unit([0x67]), picture.unit([0x68])]
    }
}

/// Writes the slice of an intra picture.
struct AVCSliceRecipe {
    var isIDR = false
    var reference = 0
    var first = 0
    var frame = 0
    var low = 0
    var deltas: [Int] = []
    var field = PictureStructure.frame
    /// Each operation with its numbers as they are coded.
    var operations: [[Int]] = []

    func unit(_ sequence: AVCSequenceRecipe) -> [UInt8] {
        var writer = BitWriter()
        // An I slice of picture parameter set 0.
        for number in [first, 7, 0] { writer.unsigned(number) }
        writer.put(frame, 4)
        if !sequence.isFrameOnly {
            writer.flag(field != .frame)
            if field != .frame { writer.flag(field == .bottomField) }
        }
        if isIDR { writer.unsigned(0) }
        if sequence.orderType == 0 { writer.put(low, 4) }
        for delta in deltas { writer.signed(delta) }
        if reference > 0 {
            if isIDR {
                writer.put(0, 2)
            } else {
                writer.flag(!operations.isEmpty)
                for number in operations.joined() { writer.unsigned(number) }
                if !operations.isEmpty { writer.unsigned(0) }
            }
        }
        writer.signed(0)
        writer.put(0xABCD, 16)
        return writer.unit([UInt8(reference << 5 | (isIDR ? 5 : 1))])
    }
}
