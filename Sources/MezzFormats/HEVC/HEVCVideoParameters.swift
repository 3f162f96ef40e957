/// A video parameter set (H.265 7.3.2.1), without its extension.
package struct HEVCVideoParameters: Hashable, Sendable {
    package let id: Int
    package let layers: Int
    package let subLayers: Int
    /// vps_temporal_id_nesting_flag
    package let isNested: Bool
    package let profile: HEVCProfile
    /// By sub-layer, or the highest one's alone.
    package let buffers: [HEVCPictureBuffer]
    package let timing: HEVCTiming?
    package let models: [HEVCBufferModel]

    /// - Parameter payload: The NAL unit without its header.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> HEVCVideoParameters {
        var bits = try BitReader(bytes, payload)
        let id = try bits.bits(4)
        // vps_base_layer_internal_flag, vps_base_layer_available_flag
        try bits.skip(bits: 2)
        let layers = try bits.bits(6) + 1
        let subLayers = try HEVCSequenceParameters.subLayers(&bits)
        let isNested = try bits.flag()
        // vps_reserved_0xffff_16bits
        try bits.skip(bits: 16)
        let profile = try HEVCProfile.read(&bits, subLayers: subLayers)
        let buffers = try HEVCPictureBuffer.read(&bits, subLayers: subLayers)
        let highestLayer = try bits.bits(6)
        let sets = try bits.unsigned(upTo: 1023, "vps_num_layer_sets_minus1")
        try bits.skip(bits: sets * (highestLayer + 1))
        let timing = try bits.flag() ? HEVCTiming.read(&bits) : nil
        return HEVCVideoParameters(
            id: id, layers: layers, subLayers: subLayers, isNested: isNested, profile: profile, buffers: buffers,
            timing: timing, models: timing == nil ? [] : try models(&bits, subLayers))
    }

    private static func models(_ bits: inout BitReader, _ subLayers: Int) throws(FormatError) -> [HEVCBufferModel] {
        var models: [HEVCBufferModel] = []
        for index in 0..<(try bits.unsigned(upTo: 1024, "vps_num_hrd_parameters")) {
            // hrd_layer_set_idx
            _ = try bits.unsigned()
            // cprms_present_flag: the first has a common part in any case.
            let isWhole = try bits.flag(if: index > 0) || index == 0
            models.append(
                try HEVCBufferModel.read(&bits, subLayers: subLayers, inherited: isWhole ? nil : models.last?.common))
        }
        return models
    }
}

/// The clock of a sequence.
package struct HEVCTiming: Hashable, Sendable {
    /// num_units_in_tick and time_scale: a tick lasts one by the other, in seconds.
    package let unitsInTick: Int
    package let timeScale: Int
    /// num_ticks_poc_diff_one_minus1 + 1, where order counts are proportional to time.
    package let ticksPerOrderCount: Int?

    static func read(_ bits: inout BitReader) throws(FormatError) -> HEVCTiming {
        HEVCTiming(
            unitsInTick: try bits.bits(32), timeScale: try bits.bits(32),
            ticksPerOrderCount: try bits.flag() ? bits.unsigned() + 1 : nil)
    }
}
