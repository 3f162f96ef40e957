extension HEVCSequenceParameters {
    private static let mostSamples = 1 << 16

    /// - Parameter payload: The NAL unit without its header.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> HEVCSequenceParameters {
        var bits = try BitReader(bytes, payload)
        let videoID = try bits.bits(4)
        let subLayers = try subLayers(&bits)
        let isNested = try bits.flag()
        var read = HEVCSequenceParameters(profile: try HEVCProfile.read(&bits, subLayers: subLayers))
        (read.videoParametersID, read.subLayers, read.isNested) = (videoID, subLayers, isNested)
        read.id = try bits.unsigned(upTo: 15, "a sequence parameter set id")
        try read.readPicture(&bits)
        try read.readBlocks(&bits)
        try read.readReferences(&bits)
        read.tools.predictsMotionInTime = try bits.flag()
        read.tools.smoothsIntraStrongly = try bits.flag()
        if try bits.flag() {
            read.usability = try HEVCUsability.read(&bits, subLayers: subLayers, cropUnit: read.cropUnit)
        }
        read.extensions = try HEVCExtensions.read(&bits)
        return read
    }

    /// SubWidthC and SubHeightC.
    private var cropUnit: (x: Int, y: Int) {
        switch chromaFormat {
        case 1: (2, 2)
        case 2: (2, 1)
        default: (1, 1)
        }
    }

    private mutating func readPicture(_ bits: inout BitReader) throws(FormatError) {
        chromaFormat = try bits.unsigned(upTo: 3, "chroma_format_idc")
        if chromaFormat == 3 { hasSeparatePlanes = try bits.flag() }
        codedWidth = try bits.unsigned(upTo: Self.mostSamples, "a width")
        codedHeight = try bits.unsigned(upTo: Self.mostSamples, "a height")
        guard codedWidth > 0, codedHeight > 0 else {
            throw FormatError(.invalid, "a picture without samples", at: bits.position)
        }
        if try bits.flag() {
            crop = try PictureCrop.read(&bits, unit: cropUnit)
            try crop.check(width: codedWidth, height: codedHeight, at: bits.position)
        }
        lumaBits = try bits.unsigned(upTo: 8, "bit_depth_luma_minus8") + 8
        chromaBits = try bits.unsigned(upTo: 8, "bit_depth_chroma_minus8") + 8
        orderCountBits = try bits.unsigned(upTo: 12, "log2_max_pic_order_cnt_lsb_minus4") + 4
        buffers = try HEVCPictureBuffer.read(&bits, subLayers: subLayers)
    }

    private mutating func readBlocks(_ bits: inout BitReader) throws(FormatError) {
        minBlockBits = try bits.unsigned(upTo: 3, "log2_min_luma_coding_block_size_minus3") + 3
        treeBlockBits = minBlockBits + (try bits.unsigned(upTo: 3, "log2_diff_max_min_luma_coding_block_size"))
        guard treeBlockBits <= 6 else {
            throw FormatError(.invalid, "coding tree blocks of \(1 << treeBlockBits) samples", at: bits.position)
        }
        // Transform block sizes (2) and hierarchy depths (2).
        for _ in 0..<4 { _ = try bits.unsigned() }
        tools.hasScalingLists = try bits.flag()
        if try bits.flag(if: tools.hasScalingLists) { try HEVCScalingLists.skip(&bits) }
        tools.usesAsymmetricPartitions = try bits.flag()
        tools.usesAdaptiveOffset = try bits.flag()
        tools.usesRawBlocks = try bits.flag()
        guard tools.usesRawBlocks else { return }
        // Bit depths of raw blocks, their sizes, pcm_loop_filter_disabled_flag.
        try bits.skip(bits: 8)
        for _ in 0..<2 { _ = try bits.unsigned() }
        _ = try bits.flag()
    }

    private mutating func readReferences(_ bits: inout BitReader) throws(FormatError) {
        for _ in 0..<(try bits.unsigned(upTo: 64, "num_short_term_ref_pic_sets")) {
            referenceSets.append(try HEVCReferenceSet.read(&bits, after: referenceSets, isInSlice: false))
        }
        hasLongTerm = try bits.flag()
        guard hasLongTerm else { return }
        for _ in 0..<(try bits.unsigned(upTo: 32, "num_long_term_ref_pics_sps")) {
            longTerm.append(
                HEVCLongTermEntry(low: try bits.bits(orderCountBits), isUsed: try bits.flag(), cycle: nil))
        }
    }
}

/// Scaling lists: of no interest here, but in the way.
enum HEVCScalingLists {
    /// 7.3.4
    static func skip(_ bits: inout BitReader) throws(FormatError) {
        for size in 0..<4 {
            for _ in 0..<(size == 3 ? 2 : 6) {
                guard try bits.flag() else {
                    // scaling_list_pred_matrix_id_delta
                    _ = try bits.unsigned()
                    continue
                }
                // The coefficients, before them scaling_list_dc_coef_minus8 of the larger ones.
                for _ in 0..<[16, 64, 65, 65][size] { _ = try bits.signed() }
            }
        }
    }
}
