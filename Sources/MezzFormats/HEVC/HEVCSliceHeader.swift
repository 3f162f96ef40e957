/// A slice segment header (H.265 7.3.6.1) as far as its reference lists.
package struct HEVCSliceHeader: Hashable, Sendable {
    package let unit: HEVCUnitHeader
    /// first_slice_segment_in_pic_flag
    package let isFirst: Bool
    package let isDependent: Bool
    /// slice_segment_address, in coding tree blocks.
    package let address: Int
    package let pictureParametersID: Int
    package let sequenceID: Int
    /// no_output_of_prior_pics_flag
    package let discardsOutput: Bool
    /// `nil` in a dependent slice segment, which has the values of the slice segment before it.
    package let independent: HEVCIndependentFields?

    /// - Parameter unit: The whole NAL unit.
    package static func read(
        _ bytes: [UInt8], _ unit: Range<Int>, sequences: [Int: HEVCSequenceParameters],
        pictures: [Int: HEVCPictureParameters]
    ) throws(FormatError) -> HEVCSliceHeader {
        let header = try HEVCUnitHeader.read(bytes, unit)
        var bits = try BitReader(bytes, HEVCUnitHeader.payload(unit))
        let isFirst = try bits.flag()
        let discards = try bits.flag(if: header.type.isRandomAccess)
        let pictureID = try bits.unsigned(upTo: 63, "a picture parameter set id")
        guard let picture = pictures[pictureID], let sequence = sequences[picture.sequenceID] else {
            throw FormatError(.invalid, "a slice without its parameter sets", at: unit.lowerBound)
        }
        let isDependent = try bits.flag(if: !isFirst && picture.allowsDependentSlices)
        let address = try isFirst ? 0 : bits.bits(sequence.addressBits)
        let fields = try isDependent ? nil : HEVCIndependentFields.read(&bits, header, sequence, picture)
        return HEVCSliceHeader(
            unit: header, isFirst: isFirst, isDependent: isDependent, address: address,
            pictureParametersID: pictureID, sequenceID: picture.sequenceID, discardsOutput: discards,
            independent: fields)
    }
}

/// What a slice segment header holds unless it depends on the one before.
package struct HEVCIndependentFields: Hashable, Sendable {
    package internal(set) var type: SliceTypes
    /// pic_output_flag
    package internal(set) var isOutput = true
    /// slice_pic_order_cnt_lsb; 0 in IDR pictures.
    package internal(set) var orderCountLow = 0
    package internal(set) var shortTerm = HEVCReferenceSet(entries: [])
    package internal(set) var longTerm: [HEVCLongTermEntry] = []
    /// Active entries of lists 0 and 1; none where the slice type has no such list.
    package internal(set) var references: [Int] = []

    /// slice_type by number (Table 7-7).
    private static let types: [SliceTypes] = [.b, .p, .i]

    fileprivate static func read(
        _ bits: inout BitReader, _ header: HEVCUnitHeader, _ sequence: HEVCSequenceParameters,
        _ picture: HEVCPictureParameters
    ) throws(FormatError) -> HEVCIndependentFields {
        try bits.skip(bits: picture.extraSliceBits)
        var read = HEVCIndependentFields(type: types[try bits.unsigned(upTo: 2, "slice_type")])
        if picture.tellsOutput { read.isOutput = try bits.flag() }
        // colour_plane_id
        if sequence.hasSeparatePlanes { try bits.skip(bits: 2) }
        if !header.type.isIDR { try read.readOrder(&bits, sequence) }
        // slice_sao_luma_flag, slice_sao_chroma_flag
        if sequence.tools.usesAdaptiveOffset { try bits.skip(bits: sequence.chromaArrayType == 0 ? 1 : 2) }
        guard read.type != .i else { return read }
        read.references = Array(picture.defaultReferences.prefix(read.type == .b ? 2 : 1))
        guard try bits.flag() else { return read }
        for list in read.references.indices {
            read.references[list] = try bits.unsigned(upTo: 14, "num_ref_idx_active_minus1") + 1
        }
        return read
    }

    private mutating func readOrder(
        _ bits: inout BitReader, _ sequence: HEVCSequenceParameters
    ) throws(FormatError) {
        orderCountLow = try bits.bits(sequence.orderCountBits)
        let sets = sequence.referenceSets
        // short_term_ref_pic_set_sps_flag
        if try bits.flag() {
            let index = try bits.bits(HEVCSequenceParameters.ceilLog2(sets.count))
            guard sets.indices.contains(index) else {
                throw FormatError(.invalid, "a reference picture set that is not there", at: bits.position)
            }
            shortTerm = sets[index]
        } else {
            shortTerm = try HEVCReferenceSet.read(&bits, after: sets, isInSlice: true)
        }
        if sequence.hasLongTerm { longTerm = try HEVCLongTermEntry.list(&bits, sequence) }
        // slice_temporal_mvp_enabled_flag
        if sequence.tools.predictsMotionInTime { _ = try bits.flag() }
    }
}

extension HEVCLongTermEntry {
    fileprivate static func list(
        _ bits: inout BitReader, _ sequence: HEVCSequenceParameters
    ) throws(FormatError) -> [HEVCLongTermEntry] {
        let candidates = sequence.longTerm
        let fromSequence = try candidates.isEmpty ? 0 : bits.unsigned(upTo: 32, "num_long_term_sps")
        let count = fromSequence + (try bits.unsigned(upTo: 32, "num_long_term_pics"))
        var entries: [HEVCLongTermEntry] = []
        var cycle = 0
        for index in 0..<count {
            let entry = try index < fromSequence ? chosen(&bits, candidates) : explicit(&bits, sequence)
            // Cycles are coded as differences within each half of the list (equation 7-52).
            if index == fromSequence { cycle = 0 }
            let isWhole = try bits.flag()
            if isWhole { cycle += try bits.unsigned() }
            entries.append(HEVCLongTermEntry(low: entry.low, isUsed: entry.isUsed, cycle: isWhole ? cycle : nil))
        }
        return entries
    }

    private static func chosen(
        _ bits: inout BitReader, _ candidates: [HEVCLongTermEntry]
    ) throws(FormatError) -> HEVCLongTermEntry {
        let index = try bits.bits(HEVCSequenceParameters.ceilLog2(candidates.count))
        guard candidates.indices.contains(index) else {
            throw FormatError(.invalid, "a long-term picture that is not there", at: bits.position)
        }
        return candidates[index]
    }

    private static func explicit(
        _ bits: inout BitReader, _ sequence: HEVCSequenceParameters
    ) throws(FormatError) -> HEVCLongTermEntry {
        HEVCLongTermEntry(low: try bits.bits(sequence.orderCountBits), isUsed: try bits.flag(), cycle: nil)
    }
}
