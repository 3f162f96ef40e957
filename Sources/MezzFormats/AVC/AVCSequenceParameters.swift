/// A sequence parameter set (H.264 7.3.2.1.1).
package struct AVCSequenceParameters: Hashable, Sendable {
    package let profile: Int
    /// constraint_set0_flag … constraint_set5_flag and two reserved bits, as their byte.
    package let constraints: Int
    /// level_idc: ten times the level; 9 (and 11 with constraint_set3_flag in the older profiles) is level 1b.
    package let level: Int
    package let id: Int
    /// 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.
    package let chromaFormat: Int
    package let hasSeparatePlanes: Bool
    package let lumaBits: Int
    package let chromaBits: Int
    package let hasScalingLists: Bool
    /// log2_max_frame_num_minus4 + 4
    package let frameNumberBits: Int
    package let orderCount: AVCOrderCountParameters
    /// max_num_ref_frames
    package let referenceFrames: Int
    package let allowsFrameNumberGaps: Bool
    /// In luma samples, before cropping.
    package let codedWidth: Int
    package let codedHeight: Int
    /// frame_mbs_only_flag: neither fields nor macroblock pairs.
    package let isFrameOnly: Bool
    package let isMacroblockAdaptive: Bool
    package let uses8x8Direct: Bool
    package let crop: PictureCrop
    package let usability: AVCUsability?

    package var width: Int { codedWidth - crop.left - crop.right }
    package var height: Int { codedHeight - crop.top - crop.bottom }
    package var signal: VideoSignal { usability?.signal ?? .unspecified }
    /// ChromaArrayType
    var chromaArrayType: Int { hasSeparatePlanes ? 0 : chromaFormat }

    /// Profiles whose parameter sets tell the chroma format: the High ones and those of the annexes.
    private static let highProfiles: Set<Int> = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]
    private static let mostMacroblocks = 1 << 12

    /// - Parameter payload: The NAL unit without its header.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> AVCSequenceParameters {
        var bits = try BitReader(bytes, payload)
        let profile = try bits.bits(8)
        let constraints = try bits.bits(8)
        let level = try bits.bits(8)
        let id = try bits.unsigned(upTo: 31, "a sequence parameter set id")
        let format = try SampleFormat.read(&bits, isHigh: highProfiles.contains(profile))
        let frameNumberBits = try bits.unsigned(upTo: 12, "log2_max_frame_num_minus4") + 4
        let orderCount = try AVCOrderCountParameters.read(&bits)
        let referenceFrames = try bits.unsigned(upTo: 16, "max_num_ref_frames")
        let allowsGaps = try bits.flag()
        let width = (try bits.unsigned(upTo: mostMacroblocks, "a width in macroblocks") + 1) * 16
        let mapUnits = try bits.unsigned(upTo: mostMacroblocks, "a height in macroblocks") + 1
        let isFrameOnly = try bits.flag()
        let height = mapUnits * (isFrameOnly ? 16 : 32)
        let isAdaptive = try isFrameOnly ? false : bits.flag()
        let uses8x8Direct = try bits.flag()
        var crop = PictureCrop.none
        if try bits.flag() {
            crop = try PictureCrop.read(&bits, unit: format.cropUnit(isFrameOnly: isFrameOnly))
            try crop.check(width: width, height: height, at: bits.position)
        }
        let usability = try bits.flag() ? AVCUsability.read(&bits) : nil
        return AVCSequenceParameters(
            profile: profile, constraints: constraints, level: level, id: id, chromaFormat: format.chroma,
            hasSeparatePlanes: format.hasSeparatePlanes, lumaBits: format.lumaBits, chromaBits: format.chromaBits,
            hasScalingLists: format.hasScalingLists, frameNumberBits: frameNumberBits, orderCount: orderCount,
            referenceFrames: referenceFrames, allowsFrameNumberGaps: allowsGaps, codedWidth: width,
            codedHeight: height, isFrameOnly: isFrameOnly, isMacroblockAdaptive: isAdaptive,
            uses8x8Direct: uses8x8Direct, crop: crop, usability: usability)
    }
}

/// What only the High profiles write.
private struct SampleFormat {
    var chroma = 1
    var hasSeparatePlanes = false
    var lumaBits = 8
    var chromaBits = 8
    var hasScalingLists = false

    static func read(_ bits: inout BitReader, isHigh: Bool) throws(FormatError) -> SampleFormat {
        var format = SampleFormat()
        guard isHigh else { return format }
        format.chroma = try bits.unsigned(upTo: 3, "chroma_format_idc")
        if format.chroma == 3 { format.hasSeparatePlanes = try bits.flag() }
        format.lumaBits = try bits.unsigned(upTo: 6, "bit_depth_luma_minus8") + 8
        format.chromaBits = try bits.unsigned(upTo: 6, "bit_depth_chroma_minus8") + 8
        // qpprime_y_zero_transform_bypass_flag
        _ = try bits.flag()
        format.hasScalingLists = try bits.flag()
        if format.hasScalingLists { try AVCScalingLists.skip(&bits, large: format.chroma == 3 ? 6 : 2) }
        return format
    }

    /// CropUnitX and CropUnitY (H.264 7.4.2.1.1).
    func cropUnit(isFrameOnly: Bool) -> (x: Int, y: Int) {
        let fields = isFrameOnly ? 1 : 2
        guard !hasSeparatePlanes, chroma > 0 else { return (1, fields) }
        return (chroma == 3 ? 1 : 2, (chroma == 1 ? 2 : 1) * fields)
    }
}

/// Scaling lists: of no interest here, but in the way.
enum AVCScalingLists {
    /// Skips six lists of 16 and `large` of 64 numbers, each behind its flag (H.264 7.3.2.1.1.1).
    static func skip(_ bits: inout BitReader, large: Int) throws(FormatError) {
        for index in 0..<6 + large where try bits.flag() {
            var (last, next) = (8, 8)
            for _ in 0..<(index < 6 ? 16 : 64) {
                // Once a scale of 0 has come, nothing more is coded.
                next = (last + (try bits.signed())) & 0xFF
                guard next != 0 else { break }
                last = next
            }
        }
    }
}
