/// Video usability information (H.265 E.2.1).
package struct HEVCUsability: Hashable, Sendable {
    package internal(set) var sampleShape: SampleShape?
    package internal(set) var isOverscanAppropriate: Bool?
    /// video_format: 5 is unspecified.
    package internal(set) var videoFormat = 5
    package internal(set) var signal = VideoSignal.unspecified
    /// Whether colour_description_present_flag was set.
    package internal(set) var describesColour = false
    package internal(set) var chromaLocation: ChromaLocation?
    /// field_seq_flag: pictures are fields.
    package internal(set) var isFields = false
    /// frame_field_info_present_flag
    package internal(set) var tellsPictureStructure = false
    package internal(set) var displayWindow: PictureCrop?
    package internal(set) var timing: HEVCTiming?
    package internal(set) var model: HEVCBufferModel?
    package internal(set) var restriction: HEVCRestriction?

    static func read(
        _ bits: inout BitReader, subLayers: Int, cropUnit: (x: Int, y: Int)
    ) throws(FormatError) -> HEVCUsability {
        var read = HEVCUsability()
        if try bits.flag() { read.sampleShape = try SampleShape.read(&bits) }
        if try bits.flag() { read.isOverscanAppropriate = try bits.flag() }
        if try bits.flag() {
            (read.videoFormat, read.signal, read.describesColour) = try VideoSignal.read(&bits)
        }
        if try bits.flag() { read.chromaLocation = try ChromaLocation.read(&bits) }
        // neutral_chroma_indication_flag
        _ = try bits.flag()
        read.isFields = try bits.flag()
        read.tellsPictureStructure = try bits.flag()
        if try bits.flag() { read.displayWindow = try PictureCrop.read(&bits, unit: cropUnit) }
        if try bits.flag() {
            read.timing = try HEVCTiming.read(&bits)
            if try bits.flag() { read.model = try HEVCBufferModel.read(&bits, subLayers: subLayers) }
        }
        if try bits.flag() { read.restriction = try HEVCRestriction.read(&bits) }
        return read
    }
}

/// Limits that a sequence sets itself: bitstream_restriction.
package struct HEVCRestriction: Hashable, Sendable {
    package let hasFixedTiles: Bool
    package let crossesPictureEdges: Bool
    package let hasRestrictedLists: Bool
    /// min_spatial_segmentation_idc
    package let minSegmentation: Int
    package let maxBytesDenominator: Int
    package let maxBitsDenominator: Int

    static func read(_ bits: inout BitReader) throws(FormatError) -> HEVCRestriction {
        let read = HEVCRestriction(
            hasFixedTiles: try bits.flag(), crossesPictureEdges: try bits.flag(), hasRestrictedLists: try bits.flag(),
            minSegmentation: try bits.unsigned(upTo: 4095, "min_spatial_segmentation_idc"),
            maxBytesDenominator: try bits.unsigned(upTo: 16, "max_bytes_per_pic_denom"),
            maxBitsDenominator: try bits.unsigned(upTo: 16, "max_bits_per_min_cu_denom"))
        // log2_max_mv_length_horizontal and …_vertical
        for _ in 0..<2 { _ = try bits.unsigned() }
        return read
    }
}
