/// Video usability information (H.264 E.1.1).
package struct AVCUsability: Hashable, Sendable {
    package internal(set) var sampleShape: SampleShape?
    package internal(set) var isOverscanAppropriate: Bool?
    /// video_format: 5 is unspecified.
    package internal(set) var videoFormat = 5
    package internal(set) var signal = VideoSignal.unspecified
    /// Whether colour_description_present_flag was set.
    package internal(set) var describesColour = false
    package internal(set) var chromaLocation: ChromaLocation?
    package internal(set) var timing: AVCTiming?
    package internal(set) var nal: AVCBufferModel?
    package internal(set) var vcl: AVCBufferModel?
    package internal(set) var isLowDelay = false
    /// pic_struct_present_flag
    package internal(set) var tellsPictureStructure = false
    package internal(set) var restriction: AVCRestriction?
    /// The buffer model whose field lengths the timing messages use.
    var delays: AVCBufferModel? { nal ?? vcl }

    static func read(_ bits: inout BitReader) throws(FormatError) -> AVCUsability {
        var read = AVCUsability()
        if try bits.flag() { read.sampleShape = try SampleShape.read(&bits) }
        if try bits.flag() { read.isOverscanAppropriate = try bits.flag() }
        if try bits.flag() {
            (read.videoFormat, read.signal, read.describesColour) = try VideoSignal.read(&bits)
        }
        if try bits.flag() { read.chromaLocation = try ChromaLocation.read(&bits) }
        if try bits.flag() {
            read.timing = AVCTiming(
                unitsInTick: try bits.bits(32), timeScale: try bits.bits(32), isFixedRate: try bits.flag())
        }
        if try bits.flag() { read.nal = try AVCBufferModel.read(&bits) }
        if try bits.flag() { read.vcl = try AVCBufferModel.read(&bits) }
        if read.delays != nil { read.isLowDelay = try bits.flag() }
        read.tellsPictureStructure = try bits.flag()
        if try bits.flag() { read.restriction = try AVCRestriction.read(&bits) }
        return read
    }
}

/// The clock of a sequence: a frame lasts 2 · `unitsInTick` / `timeScale` seconds where the rate is fixed.
package struct AVCTiming: Hashable, Sendable {
    package let unitsInTick: Int
    package let timeScale: Int
    package let isFixedRate: Bool
}

/// Hypothetical reference decoder parameters (H.264 E.1.2).
package struct AVCBufferModel: Hashable, Sendable {
    package let schedules: [DeliverySchedule]
    /// Lengths in bits of the fields of buffering period and picture timing messages.
    package let initialDelayBits: Int
    package let removalDelayBits: Int
    package let outputDelayBits: Int
    package let timeOffsetBits: Int

    static func read(_ bits: inout BitReader) throws(FormatError) -> AVCBufferModel {
        let count = try bits.unsigned(upTo: 31, "cpb_cnt_minus1") + 1
        let rateScale = try bits.bits(4) + 6
        let sizeScale = try bits.bits(4) + 4
        var schedules: [DeliverySchedule] = []
        for _ in 0..<count {
            schedules.append(
                DeliverySchedule(
                    bitsPerSecond: (try bits.unsigned() + 1) << rateScale,
                    bufferBits: (try bits.unsigned() + 1) << sizeScale, isConstantRate: try bits.flag()))
        }
        return AVCBufferModel(
            schedules: schedules, initialDelayBits: try bits.bits(5) + 1, removalDelayBits: try bits.bits(5) + 1,
            outputDelayBits: try bits.bits(5) + 1, timeOffsetBits: try bits.bits(5))
    }
}

/// Limits that a sequence sets itself: bitstream_restriction (H.264 E.2.1).
package struct AVCRestriction: Hashable, Sendable {
    package let crossesPictureEdges: Bool
    package let maxBytesDenominator: Int
    package let maxBitsDenominator: Int
    /// Frames that precede another in decoding order and follow it in output order.
    package let reorderFrames: Int
    /// max_dec_frame_buffering
    package let bufferedFrames: Int

    static func read(_ bits: inout BitReader) throws(FormatError) -> AVCRestriction {
        let crosses = try bits.flag()
        let bytes = try bits.unsigned(upTo: 16, "max_bytes_per_pic_denom")
        let perBlock = try bits.unsigned(upTo: 16, "max_bits_per_mb_denom")
        // log2_max_mv_length_horizontal and …_vertical
        _ = try bits.unsigned()
        _ = try bits.unsigned()
        return AVCRestriction(
            crossesPictureEdges: crosses, maxBytesDenominator: bytes, maxBitsDenominator: perBlock,
            reorderFrames: try bits.unsigned(upTo: 16, "max_num_reorder_frames"),
            bufferedFrames: try bits.unsigned(upTo: 16, "max_dec_frame_buffering"))
    }
}
