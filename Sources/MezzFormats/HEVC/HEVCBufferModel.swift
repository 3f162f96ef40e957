/// Hypothetical reference decoder parameters (H.265 E.2.2).
package struct HEVCBufferModel: Hashable, Sendable {
    package struct SubLayer: Hashable, Sendable {
        package let isFixedRate: Bool
        /// elemental_duration_in_tc_minus1 + 1; `nil` where pictures have no fixed rate.
        package let elementalTicks: Int?
        package let isLowDelay: Bool
        /// Empty without NAL HRD parameters; the same of VCL.
        package let nal: [DeliverySchedule]
        package let vcl: [DeliverySchedule]
    }

    package let common: HEVCBufferCommon
    package let subLayers: [SubLayer]

    /// - Parameter inherited: The common part, where only sub-layers are coded (commonInfPresentFlag is 0).
    static func read(
        _ bits: inout BitReader, subLayers: Int, inherited: HEVCBufferCommon? = nil
    ) throws(FormatError) -> HEVCBufferModel {
        var common = inherited ?? HEVCBufferCommon()
        if inherited == nil { common = try HEVCBufferCommon.read(&bits) }
        var layers: [SubLayer] = []
        for _ in 0..<subLayers { layers.append(try SubLayer.read(&bits, common)) }
        return HEVCBufferModel(common: common, subLayers: layers)
    }
}

/// What all sub-layers have in common.
package struct HEVCBufferCommon: Hashable, Sendable {
    package internal(set) var hasNAL = false
    package internal(set) var hasVCL = false
    /// sub_pic_hrd_params_present_flag: decoding units are timed as well.
    package internal(set) var timesUnits = false
    /// Shifts of bit rates and buffer sizes.
    var rateScale = 6
    var sizeScale = 4
    /// Lengths in bits of the fields of buffering period and picture timing messages.
    package internal(set) var initialDelayBits = 24
    package internal(set) var removalDelayBits = 24
    package internal(set) var outputDelayBits = 24

    static func read(_ bits: inout BitReader) throws(FormatError) -> HEVCBufferCommon {
        var read = HEVCBufferCommon()
        read.hasNAL = try bits.flag()
        read.hasVCL = try bits.flag()
        guard read.hasNAL || read.hasVCL else { return read }
        read.timesUnits = try bits.flag()
        // tick_divisor_minus2, du_cpb_removal_delay_increment_length_minus1,
        // sub_pic_cpb_params_in_pic_timing_sei_flag, dpb_output_delay_du_length_minus1
        if read.timesUnits { try bits.skip(bits: 19) }
        read.rateScale += try bits.bits(4)
        read.sizeScale += try bits.bits(4)
        // cpb_size_du_scale
        if read.timesUnits { try bits.skip(bits: 4) }
        read.initialDelayBits = try bits.bits(5) + 1
        read.removalDelayBits = try bits.bits(5) + 1
        read.outputDelayBits = try bits.bits(5) + 1
        return read
    }
}

extension HEVCBufferModel.SubLayer {
    fileprivate static func read(
        _ bits: inout BitReader, _ common: HEVCBufferCommon
    ) throws(FormatError) -> HEVCBufferModel.SubLayer {
        let isGenerallyFixed = try bits.flag()
        // fixed_pic_rate_within_cvs_flag is 1 where fixed_pic_rate_general_flag is.
        let isFixed = try bits.flag(if: !isGenerallyFixed) || isGenerallyFixed
        let ticks = try isFixed ? bits.unsigned(upTo: 2047, "elemental_duration_in_tc_minus1") + 1 : nil
        let isLowDelay = try bits.flag(if: !isFixed)
        let count = try isLowDelay ? 1 : bits.unsigned(upTo: 31, "cpb_cnt_minus1") + 1
        return HEVCBufferModel.SubLayer(
            isFixedRate: isFixed, elementalTicks: ticks, isLowDelay: isLowDelay,
            nal: try schedules(&bits, common, common.hasNAL ? count : 0),
            vcl: try schedules(&bits, common, common.hasVCL ? count : 0))
    }

    private static func schedules(
        _ bits: inout BitReader, _ common: HEVCBufferCommon, _ count: Int
    ) throws(FormatError) -> [DeliverySchedule] {
        var schedules: [DeliverySchedule] = []
        for _ in 0..<count {
            let rate = (try bits.unsigned() + 1) << common.rateScale
            let size = (try bits.unsigned() + 1) << common.sizeScale
            if common.timesUnits { for _ in 0..<2 { _ = try bits.unsigned() } }
            schedules.append(
                DeliverySchedule(bitsPerSecond: rate, bufferBits: size, isConstantRate: try bits.flag()))
        }
        return schedules
    }
}
