/// A sequence parameter set (H.265 7.3.2.2) of the base layer.
package struct HEVCSequenceParameters: Hashable, Sendable {
    package internal(set) var id = 0
    package internal(set) var videoParametersID = 0
    package internal(set) var subLayers = 1
    /// sps_temporal_id_nesting_flag
    package internal(set) var isNested = false
    package internal(set) var profile: HEVCProfile
    /// 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.
    package internal(set) var chromaFormat = 1
    package internal(set) var hasSeparatePlanes = false
    /// In luma samples, before cropping.
    package internal(set) var codedWidth = 0
    package internal(set) var codedHeight = 0
    /// The conformance window.
    package internal(set) var crop = PictureCrop.none
    package internal(set) var lumaBits = 8
    package internal(set) var chromaBits = 8
    /// log2_max_pic_order_cnt_lsb_minus4 + 4
    package internal(set) var orderCountBits = 4
    /// By sub-layer, or the highest one's alone.
    package internal(set) var buffers: [HEVCPictureBuffer] = []
    /// MinCbLog2SizeY and CtbLog2SizeY.
    package internal(set) var minBlockBits = 3
    package internal(set) var treeBlockBits = 4
    package internal(set) var tools = HEVCTools()
    package internal(set) var referenceSets: [HEVCReferenceSet] = []
    package internal(set) var hasLongTerm = false
    /// lt_ref_pic_poc_lsb_sps with used_by_curr_pic_lt_sps_flag.
    package internal(set) var longTerm: [HEVCLongTermEntry] = []
    package internal(set) var usability: HEVCUsability?
    package internal(set) var extensions = HEVCExtensions()

    package var width: Int { codedWidth - crop.left - crop.right }
    package var height: Int { codedHeight - crop.top - crop.bottom }
    package var signal: VideoSignal { usability?.signal ?? .unspecified }
    /// ChromaArrayType
    var chromaArrayType: Int { hasSeparatePlanes ? 0 : chromaFormat }

    /// The length of slice_segment_address: Ceil(Log2(PicSizeInCtbsY)).
    var addressBits: Int {
        let side = 1 << treeBlockBits
        let blocks = ((codedWidth + side - 1) >> treeBlockBits) * ((codedHeight + side - 1) >> treeBlockBits)
        return Self.ceilLog2(blocks)
    }

    static func ceilLog2(_ count: Int) -> Int {
        count > 1 ? Int.bitWidth - (count - 1).leadingZeroBitCount : 0
    }

    static func subLayers(_ bits: inout BitReader) throws(FormatError) -> Int {
        let count = try bits.bits(3) + 1
        guard count <= 7 else { throw FormatError(.invalid, "\(count) temporal sub-layers", at: bits.position) }
        return count
    }
}

/// Coding tools of a sequence that change what slice headers hold, or that profiles limit.
package struct HEVCTools: Hashable, Sendable {
    package internal(set) var hasScalingLists = false
    package internal(set) var usesAsymmetricPartitions = false
    package internal(set) var usesAdaptiveOffset = false
    package internal(set) var usesRawBlocks = false
    package internal(set) var predictsMotionInTime = false
    package internal(set) var smoothsIntraStrongly = false
}

/// Which extensions of the parameter set are present (H.265 7.3.2.2.1, 7.3.2.2.2).
package struct HEVCExtensions: Hashable, Sendable {
    /// sps_extension_present_flag
    package internal(set) var isPresent = false
    /// The nine flags of the range extension, transform_skip_rotation_enabled_flag in the highest bit.
    package internal(set) var range: Int?
    package internal(set) var hasMultilayer = false
    package internal(set) var has3D = false
    package internal(set) var hasScreenContent = false

    static func read(_ bits: inout BitReader) throws(FormatError) -> HEVCExtensions {
        var read = HEVCExtensions()
        read.isPresent = try bits.flag()
        guard read.isPresent else { return read }
        let hasRange = try bits.flag()
        read.hasMultilayer = try bits.flag()
        read.has3D = try bits.flag()
        read.hasScreenContent = try bits.flag()
        // sps_extension_4bits
        try bits.skip(bits: 4)
        if hasRange { read.range = try bits.bits(9) }
        return read
    }
}
