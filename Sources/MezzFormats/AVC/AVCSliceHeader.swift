/// A slice header (H.264 7.3.3) as far as its quantizer.
package struct AVCSliceHeader: Hashable, Sendable {
    package let unit: AVCUnitHeader
    package let firstMacroblock: Int
    package let type: SliceTypes
    package let pictureParametersID: Int
    package let sequenceID: Int
    package let frameNumber: Int
    package let structure: PictureStructure
    /// idr_pic_id; `nil` but in IDR pictures.
    package let idrID: Int?
    package let order: AVCOrderCountFields
    package let redundantCount: Int
    /// Active entries of lists 0 and 1; 0 where the slice type has no such list.
    package let references: [Int]
    package let marking: AVCReferenceMarking
    /// SliceQPY
    package let quantizer: Int

    package var isIDR: Bool { idrID != nil }

    /// Reads the header of a slice or of a data partition A.
    /// - Parameter unit: The whole NAL unit.
    package static func read(
        _ bytes: [UInt8], _ unit: Range<Int>, sequences: [Int: AVCSequenceParameters],
        pictures: [Int: AVCPictureParameters]
    ) throws(FormatError) -> AVCSliceHeader {
        let header = try AVCUnitHeader.read(bytes, unit)
        var bits = try BitReader(bytes, AVCUnitHeader.payload(unit))
        let first = try bits.unsigned()
        let typeNumber = try bits.unsigned(upTo: 9, "slice_type") % 5
        let type = SliceTypes(rawValue: 1 << typeNumber)
        let pictureID = try bits.unsigned(upTo: 255, "a picture parameter set id")
        guard let picture = pictures[pictureID], let sequence = sequences[picture.sequenceID] else {
            throw FormatError(.invalid, "a slice without its parameter sets", at: unit.lowerBound)
        }
        // colour_plane_id
        if sequence.hasSeparatePlanes { try bits.skip(bits: 2) }
        let frameNumber = try bits.bits(sequence.frameNumberBits)
        var structure = PictureStructure.frame
        if try bits.flag(if: !sequence.isFrameOnly) { structure = try bits.flag() ? .bottomField : .topField }
        let idrID = try header.type == .idrSlice ? bits.unsigned(upTo: 65535, "idr_pic_id") : nil
        let tellsBottom = picture.tellsBottomOrder && structure == .frame
        let order = try AVCOrderCountFields.read(&bits, sequence.orderCount, tellsBottom: tellsBottom)
        let redundant = try picture.allowsRedundantPictures ? bits.unsigned(upTo: 127, "redundant_pic_cnt") : 0
        // direct_spatial_mv_pred_flag
        if type == .b { _ = try bits.flag() }
        let references = try references(&bits, type, picture)
        for _ in references where try bits.flag() { try skipListModification(&bits) }
        if picture.weightsP && !type.isDisjoint(with: [.p, .sp]) || picture.weightsB == 1 && type == .b {
            try skipWeights(&bits, references, hasChroma: sequence.chromaArrayType != 0)
        }
        let marking = try AVCReferenceMarking.read(&bits, header)
        // cabac_init_idc
        if picture.usesCABAC && !type.isIntra { _ = try bits.unsigned(upTo: 2, "cabac_init_idc") }
        let quantizer = picture.initialQuantizer + (try bits.signed())
        return AVCSliceHeader(
            unit: header, firstMacroblock: first, type: type, pictureParametersID: pictureID,
            sequenceID: picture.sequenceID, frameNumber: frameNumber, structure: structure, idrID: idrID, order: order,
            redundantCount: redundant, references: references, marking: marking, quantizer: quantizer)
    }

    /// Whether `next` is a slice of another primary picture (H.264 7.4.1.2.4).
    func isOtherPicture(than next: AVCSliceHeader) -> Bool {
        frameNumber != next.frameNumber || pictureParametersID != next.pictureParametersID
            || sequenceID != next.sequenceID || structure != next.structure || idrID != next.idrID
            || (unit.referenceIndicator == 0) != (next.unit.referenceIndicator == 0) || order != next.order
    }

    /// The number of active entries by list of reference pictures.
    private static func references(
        _ bits: inout BitReader, _ type: SliceTypes, _ picture: AVCPictureParameters
    ) throws(FormatError) -> [Int] {
        guard !type.isIntra else { return [] }
        var counts = Array(picture.defaultReferences.prefix(type == .b ? 2 : 1))
        guard try bits.flag() else { return counts }
        for list in counts.indices { counts[list] = try bits.unsigned(upTo: 31, "num_ref_idx_active_minus1") + 1 }
        return counts
    }

    /// 7.3.3.1
    private static func skipListModification(_ bits: inout BitReader) throws(FormatError) {
        while try bits.unsigned(upTo: 3, "modification_of_pic_nums_idc") != 3 { _ = try bits.unsigned() }
    }

    /// 7.3.3.2
    private static func skipWeights(
        _ bits: inout BitReader, _ references: [Int], hasChroma: Bool
    ) throws(FormatError) {
        _ = try bits.unsigned(upTo: 7, "luma_log2_weight_denom")
        if hasChroma { _ = try bits.unsigned(upTo: 7, "chroma_log2_weight_denom") }
        for count in references {
            for _ in 0..<count {
                if try bits.flag() { for _ in 0..<2 { _ = try bits.signed() } }
                if try bits.flag(if: hasChroma) { for _ in 0..<4 { _ = try bits.signed() } }
            }
        }
    }
}
