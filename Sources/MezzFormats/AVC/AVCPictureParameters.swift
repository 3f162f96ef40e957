/// A picture parameter set (H.264 7.3.2.2).
package struct AVCPictureParameters: Hashable, Sendable {
    package let id: Int
    package let sequenceID: Int
    /// CABAC rather than CAVLC.
    package let usesCABAC: Bool
    /// bottom_field_pic_order_in_frame_present_flag
    package let tellsBottomOrder: Bool
    package let sliceGroups: Int
    /// num_ref_idx_l0_default_active_minus1 + 1 and the same of list 1.
    package let defaultReferences: [Int]
    package let weightsP: Bool
    /// weighted_bipred_idc: 1 explicit, 2 implicit.
    package let weightsB: Int
    /// pic_init_qp_minus26 + 26
    package let initialQuantizer: Int
    package let controlsDeblocking: Bool
    package let isIntraConstrained: Bool
    package let allowsRedundantPictures: Bool
    package let uses8x8Transform: Bool
    package let hasScalingLists: Bool

    /// - Parameters:
    ///   - payload: The NAL unit without its header.
    ///   - sequences: The sequence parameter sets known so far; one of them may tell how many scaling lists there are.
    package static func read(
        _ bytes: [UInt8], _ payload: Range<Int>, sequences: [Int: AVCSequenceParameters]
    ) throws(FormatError) -> AVCPictureParameters {
        var bits = try BitReader(bytes, payload)
        let id = try bits.unsigned(upTo: 255, "a picture parameter set id")
        let sequenceID = try bits.unsigned(upTo: 31, "a sequence parameter set id")
        let usesCABAC = try bits.flag()
        let tellsBottomOrder = try bits.flag()
        let groups = try bits.unsigned(upTo: 7, "num_slice_groups_minus1") + 1
        if groups > 1 { try skipSliceGroups(&bits, groups) }
        var references: [Int] = []
        for _ in 0..<2 { references.append(try bits.unsigned(upTo: 31, "num_ref_idx_default_active_minus1") + 1) }
        let weightsP = try bits.flag()
        let weightsB = try bits.bits(2)
        let quantizer = try bits.signed() + 26
        // pic_init_qs_minus26, chroma_qp_index_offset
        _ = try bits.signed()
        _ = try bits.signed()
        let controlsDeblocking = try bits.flag()
        let isIntraConstrained = try bits.flag()
        let allowsRedundant = try bits.flag()
        var (uses8x8, hasLists) = (false, false)
        if bits.hasMoreData {
            uses8x8 = try bits.flag()
            hasLists = try bits.flag()
            let large = sequences[sequenceID]?.chromaFormat == 3 ? 6 : 2
            if hasLists { try AVCScalingLists.skip(&bits, large: uses8x8 ? large : 0) }
            // second_chroma_qp_index_offset
            _ = try bits.signed()
        }
        return AVCPictureParameters(
            id: id, sequenceID: sequenceID, usesCABAC: usesCABAC, tellsBottomOrder: tellsBottomOrder,
            sliceGroups: groups, defaultReferences: references, weightsP: weightsP, weightsB: weightsB,
            initialQuantizer: quantizer, controlsDeblocking: controlsDeblocking,
            isIntraConstrained: isIntraConstrained, allowsRedundantPictures: allowsRedundant,
            uses8x8Transform: uses8x8, hasScalingLists: hasLists)
    }

    private static func skipSliceGroups(_ bits: inout BitReader, _ groups: Int) throws(FormatError) {
        switch try bits.unsigned(upTo: 6, "slice_group_map_type") {
        case 0: for _ in 0..<groups { _ = try bits.unsigned() }
        case 2: for _ in 0..<2 * (groups - 1) { _ = try bits.unsigned() }
        case 3, 4, 5:
            _ = try bits.flag()
            _ = try bits.unsigned()
        case 6:
            let mapUnits = try bits.unsigned() + 1
            try bits.skip(bits: mapUnits * (groups > 4 ? 3 : groups > 2 ? 2 : 1))
        default: break
        }
    }
}
