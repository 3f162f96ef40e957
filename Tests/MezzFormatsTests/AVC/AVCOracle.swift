import MezzFormats

/// Our readings under the standard's names.
extension OracleValues {
    init(_ set: AVCSequenceParameters) {
        self["profile_idc"] = set.profile
        self["level_idc"] = set.level
        self["seq_parameter_set_id"] = set.id
        self["chroma_format_idc"] = set.chromaFormat
        self["bit_depth_luma_minus8"] = set.lumaBits - 8
        self["bit_depth_chroma_minus8"] = set.chromaBits - 8
        flag("seq_scaling_matrix_present_flag", set.hasScalingLists)
        self["log2_max_frame_num_minus4"] = set.frameNumberBits - 4
        switch set.orderCount {
        case .lowBits(let bits):
            self["pic_order_cnt_type"] = 0
            self["log2_max_pic_order_cnt_lsb_minus4"] = bits - 4
        case .steps: self["pic_order_cnt_type"] = 1
        case .decodingOrder: self["pic_order_cnt_type"] = 2
        }
        self["max_num_ref_frames"] = set.referenceFrames
        flag("gaps_in_frame_num_allowed_flag", set.allowsFrameNumberGaps)
        self["pic_width_in_mbs_minus1"] = set.codedWidth / 16 - 1
        self["pic_height_in_map_units_minus1"] = set.codedHeight / (set.isFrameOnly ? 16 : 32) - 1
        flag("frame_mbs_only_flag", set.isFrameOnly)
        flag("mb_adaptive_frame_field_flag", set.isMacroblockAdaptive)
        flag("direct_8x8_inference_flag", set.uses8x8Direct)
        let (x, y) = (set.chromaFormat % 3 == 0 ? 1 : 2, (set.chromaFormat == 1 ? 2 : 1) * (set.isFrameOnly ? 1 : 2))
        self["frame_crop_left_offset"] = set.crop.left / x
        self["frame_crop_right_offset"] = set.crop.right / x
        self["frame_crop_top_offset"] = set.crop.top / y
        self["frame_crop_bottom_offset"] = set.crop.bottom / y
        if let usability = set.usability { add(usability) }
    }

    private mutating func add(_ set: AVCUsability) {
        flag("overscan_appropriate_flag", set.isOverscanAppropriate == true)
        self["video_format"] = set.videoFormat
        add(set.signal, full: "video_full_range_flag")
        self["chroma_sample_loc_type_top_field"] = set.chromaLocation?.topField ?? 0
        self["chroma_sample_loc_type_bottom_field"] = set.chromaLocation?.bottomField ?? 0
        self["num_units_in_tick"] = set.timing?.unitsInTick ?? 0
        self["time_scale"] = set.timing?.timeScale ?? 0
        flag("fixed_frame_rate_flag", set.timing?.isFixedRate == true)
        flag("nal_hrd_parameters_present_flag", set.nal != nil)
        flag("vcl_hrd_parameters_present_flag", set.vcl != nil)
        flag("low_delay_hrd_flag", set.isLowDelay)
        flag("pic_struct_present_flag", set.tellsPictureStructure)
        flag("bitstream_restriction_flag", set.restriction != nil)
        self["max_num_reorder_frames"] = set.restriction?.reorderFrames ?? 0
        self["max_dec_frame_buffering"] = set.restriction?.bufferedFrames ?? 0
        if let model = set.nal ?? set.vcl {
            self["initial_cpb_removal_delay_length_minus1"] = model.initialDelayBits - 1
            self["cpb_removal_delay_length_minus1"] = model.removalDelayBits - 1
            self["dpb_output_delay_length_minus1"] = model.outputDelayBits - 1
            self["time_offset_length"] = model.timeOffsetBits
            list("cbr_flag", model.schedules.map { $0.isConstantRate ? 1 : 0 })
        }
    }

    mutating func add(_ signal: VideoSignal, full: String) {
        flag(full, signal.isFullRange)
        self["colour_primaries"] = signal.primaries
        self["transfer_characteristics"] = signal.transfer
        self["matrix_coefficients"] = signal.matrix
    }

    init(_ set: AVCPictureParameters) {
        self["pic_parameter_set_id"] = set.id
        self["seq_parameter_set_id"] = set.sequenceID
        flag("entropy_coding_mode_flag", set.usesCABAC)
        flag("bottom_field_pic_order_in_frame_present_flag", set.tellsBottomOrder)
        self["num_slice_groups_minus1"] = set.sliceGroups - 1
        self["num_ref_idx_l0_default_active_minus1"] = set.defaultReferences[0] - 1
        self["num_ref_idx_l1_default_active_minus1"] = set.defaultReferences[1] - 1
        flag("weighted_pred_flag", set.weightsP)
        self["weighted_bipred_idc"] = set.weightsB
        self["pic_init_qp_minus26"] = set.initialQuantizer - 26
        flag("deblocking_filter_control_present_flag", set.controlsDeblocking)
        flag("constrained_intra_pred_flag", set.isIntraConstrained)
        flag("redundant_pic_cnt_present_flag", set.allowsRedundantPictures)
        flag("transform_8x8_mode_flag", set.uses8x8Transform)
        flag("pic_scaling_matrix_present_flag", set.hasScalingLists)
    }

    init(_ slice: AVCSliceHeader, _ picture: AVCPictureParameters) {
        self["nal_ref_idc"] = slice.unit.referenceIndicator
        self["first_mb_in_slice"] = slice.firstMacroblock
        self["pic_parameter_set_id"] = slice.pictureParametersID
        self["frame_num"] = slice.frameNumber
        flag("field_pic_flag", slice.structure != .frame)
        flag("bottom_field_flag", slice.structure == .bottomField)
        self["idr_pic_id"] = slice.idrID ?? 0
        self["pic_order_cnt_lsb"] = slice.order.low
        self["delta_pic_order_cnt_bottom"] = slice.order.bottomDelta
        self["redundant_pic_cnt"] = slice.redundantCount
        if let first = slice.references.first { self["num_ref_idx_l0_active_minus1"] = first - 1 }
        if slice.references.count > 1 { self["num_ref_idx_l1_active_minus1"] = slice.references[1] - 1 }
        self["slice_qp_delta"] = slice.quantizer - picture.initialQuantizer
        switch slice.marking {
        case .none: break
        case .idr(let discards, let isLong):
            flag("no_output_of_prior_pics_flag", discards)
            flag("long_term_reference_flag", isLong)
        case .slidingWindow: flag("adaptive_ref_pic_marking_mode_flag", false)
        case .adaptive(let operations):
            flag("adaptive_ref_pic_marking_mode_flag", true)
            list("memory_management_control_operation", operations.map(Self.number) + [0])
        }
    }

    private static func number(_ operation: AVCMemoryOperation) -> Int {
        switch operation {
        case .dropShortTerm: 1
        case .dropLongTerm: 2
        case .keepLongTerm: 3
        case .limitLongTerm: 4
        case .clearAll: 5
        case .keepCurrent: 6
        }
    }
}
