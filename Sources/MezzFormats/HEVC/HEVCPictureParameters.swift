/// A picture parameter set (H.265 7.3.2.3), without its extensions.
package struct HEVCPictureParameters: Hashable, Sendable {
    package internal(set) var id = 0
    package internal(set) var sequenceID = 0
    package internal(set) var allowsDependentSlices = false
    package internal(set) var tellsOutput = false
    package internal(set) var extraSliceBits = 0
    /// num_ref_idx_l0_default_active_minus1 + 1 and the same of list 1.
    package internal(set) var defaultReferences: [Int] = []
    /// init_qp_minus26 + 26
    package internal(set) var initialQuantizer = 26
    package internal(set) var isIntraConstrained = false
    package internal(set) var skipsTransforms = false
    package internal(set) var weightsP = false
    package internal(set) var weightsB = false
    /// transquant_bypass_enabled_flag: blocks may be lossless.
    package internal(set) var allowsBypass = false
    /// entropy_coding_sync_enabled_flag: wavefronts.
    package internal(set) var hasWavefronts = false
    /// 1 and 1 without tiles.
    package internal(set) var tileColumns = 1
    package internal(set) var tileRows = 1
    package internal(set) var filtersAcrossSlices = false
    package internal(set) var hasScalingLists = false
    package internal(set) var modifiesLists = false
    package internal(set) var hasSliceExtension = false
    package internal(set) var hasExtension = false

    /// - Parameter payload: The NAL unit without its header.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> HEVCPictureParameters {
        var bits = try BitReader(bytes, payload)
        var read = HEVCPictureParameters()
        read.id = try bits.unsigned(upTo: 63, "a picture parameter set id")
        read.sequenceID = try bits.unsigned(upTo: 15, "a sequence parameter set id")
        read.allowsDependentSlices = try bits.flag()
        read.tellsOutput = try bits.flag()
        read.extraSliceBits = try bits.bits(3)
        // sign_data_hiding_enabled_flag, cabac_init_present_flag
        try bits.skip(bits: 2)
        for _ in 0..<2 {
            read.defaultReferences.append(try bits.unsigned(upTo: 14, "num_ref_idx_default_active_minus1") + 1)
        }
        read.initialQuantizer += try bits.signed()
        read.isIntraConstrained = try bits.flag()
        read.skipsTransforms = try bits.flag()
        // cu_qp_delta_enabled_flag, diff_cu_qp_delta_depth
        if try bits.flag() { _ = try bits.unsigned() }
        // pps_cb_qp_offset, pps_cr_qp_offset, pps_slice_chroma_qp_offsets_present_flag
        for _ in 0..<2 { _ = try bits.signed() }
        _ = try bits.flag()
        read.weightsP = try bits.flag()
        read.weightsB = try bits.flag()
        read.allowsBypass = try bits.flag()
        let hasTiles = try bits.flag()
        read.hasWavefronts = try bits.flag()
        if hasTiles { try read.readTiles(&bits) }
        read.filtersAcrossSlices = try bits.flag()
        try skipDeblocking(&bits)
        read.hasScalingLists = try bits.flag()
        if read.hasScalingLists { try HEVCScalingLists.skip(&bits) }
        read.modifiesLists = try bits.flag()
        // log2_parallel_merge_level_minus2
        _ = try bits.unsigned()
        read.hasSliceExtension = try bits.flag()
        read.hasExtension = try bits.flag()
        return read
    }

    private mutating func readTiles(_ bits: inout BitReader) throws(FormatError) {
        tileColumns = try bits.unsigned(upTo: 1023, "num_tile_columns_minus1") + 1
        tileRows = try bits.unsigned(upTo: 1023, "num_tile_rows_minus1") + 1
        // uniform_spacing_flag
        if try !bits.flag() { for _ in 0..<tileColumns + tileRows - 2 { _ = try bits.unsigned() } }
        // loop_filter_across_tiles_enabled_flag
        _ = try bits.flag()
    }

    private static func skipDeblocking(_ bits: inout BitReader) throws(FormatError) {
        // deblocking_filter_control_present_flag
        guard try bits.flag() else { return }
        // deblocking_filter_override_enabled_flag
        _ = try bits.flag()
        // pps_deblocking_filter_disabled_flag, or else two offsets
        if try !bits.flag() { for _ in 0..<2 { _ = try bits.signed() } }
    }
}
