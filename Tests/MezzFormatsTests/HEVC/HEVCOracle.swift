import MezzFormats

/// Our readings under the standard's names.
extension OracleValues {
    private mutating func add(_ profile: HEVCProfile, _ buffers: [HEVCPictureBuffer]) {
        self["general_profile_space"] = profile.space
        flag("general_tier_flag", profile.isHighTier)
        self["general_profile_idc"] = profile.number
        list("general_profile_compatibility_flag", (0..<32).map { profile.compatibility >> (31 - $0) & 1 })
        flag("general_progressive_source_flag", profile.isProgressive)
        flag("general_interlaced_source_flag", profile.isInterlaced)
        flag("general_frame_only_constraint_flag", profile.isFrameOnly)
        self["general_level_idc"] = profile.level
        let levels = profile.subLayerLevels.compactMap(\.self)
        if !levels.isEmpty { list("sub_layer_level_idc", levels) }
        for prefix in ["vps", "sps"] {
            list(prefix + "_max_dec_pic_buffering_minus1", buffers.map { $0.pictures - 1 })
            list(prefix + "_max_num_reorder_pics", buffers.map(\.reordered))
            list(prefix + "_max_latency_increase_plus1", buffers.map(\.latencyIncrease))
        }
    }

    init(_ set: HEVCVideoParameters) {
        self["vps_video_parameter_set_id"] = set.id
        self["vps_max_sub_layers_minus1"] = set.subLayers - 1
        flag("vps_temporal_id_nesting_flag", set.isNested)
        add(set.profile, set.buffers)
        flag("vps_timing_info_present_flag", set.timing != nil)
        self["vps_num_units_in_tick"] = set.timing?.unitsInTick ?? 0
        self["vps_time_scale"] = set.timing?.timeScale ?? 0
        self["vps_num_hrd_parameters"] = set.models.count
    }

    init(_ set: HEVCSequenceParameters) {
        self["sps_video_parameter_set_id"] = set.videoParametersID
        self["sps_max_sub_layers_minus1"] = set.subLayers - 1
        flag("sps_temporal_id_nesting_flag", set.isNested)
        add(set.profile, set.buffers)
        self["sps_seq_parameter_set_id"] = set.id
        self["chroma_format_idc"] = set.chromaFormat
        self["pic_width_in_luma_samples"] = set.codedWidth
        self["pic_height_in_luma_samples"] = set.codedHeight
        let (x, y) = (set.chromaFormat % 3 == 0 ? 1 : 2, set.chromaFormat == 1 ? 2 : 1)
        self["conf_win_left_offset"] = set.crop.left / x
        self["conf_win_right_offset"] = set.crop.right / x
        self["conf_win_top_offset"] = set.crop.top / y
        self["conf_win_bottom_offset"] = set.crop.bottom / y
        self["bit_depth_luma_minus8"] = set.lumaBits - 8
        self["bit_depth_chroma_minus8"] = set.chromaBits - 8
        self["log2_max_pic_order_cnt_lsb_minus4"] = set.orderCountBits - 4
        self["log2_min_luma_coding_block_size_minus3"] = set.minBlockBits - 3
        self["log2_diff_max_min_luma_coding_block_size"] = set.treeBlockBits - set.minBlockBits
        flag("scaling_list_enabled_flag", set.tools.hasScalingLists)
        flag("amp_enabled_flag", set.tools.usesAsymmetricPartitions)
        flag("sample_adaptive_offset_enabled_flag", set.tools.usesAdaptiveOffset)
        flag("pcm_enabled_flag", set.tools.usesRawBlocks)
        self["num_short_term_ref_pic_sets"] = set.referenceSets.count
        flag("long_term_ref_pics_present_flag", set.hasLongTerm)
        flag("sps_temporal_mvp_enabled_flag", set.tools.predictsMotionInTime)
        flag("strong_intra_smoothing_enabled_flag", set.tools.smoothsIntraStrongly)
        flag("sps_extension_present_flag", set.extensions.isPresent)
        if let usability = set.usability { add(usability, x, y) }
    }

    private mutating func add(_ set: HEVCUsability, _ x: Int, _ y: Int) {
        flag("overscan_appropriate_flag", set.isOverscanAppropriate == true)
        self["video_format"] = set.videoFormat
        add(set.signal, full: "video_full_range_flag")
        self["chroma_sample_loc_type_top_field"] = set.chromaLocation?.topField ?? 0
        flag("field_seq_flag", set.isFields)
        flag("frame_field_info_present_flag", set.tellsPictureStructure)
        self["def_disp_win_left_offset"] = (set.displayWindow?.left ?? 0) / x
        self["def_disp_win_top_offset"] = (set.displayWindow?.top ?? 0) / y
        self["def_disp_win_right_offset"] = (set.displayWindow?.right ?? 0) / x
        self["def_disp_win_bottom_offset"] = (set.displayWindow?.bottom ?? 0) / y
        self["vui_num_units_in_tick"] = set.timing?.unitsInTick ?? 0
        self["vui_time_scale"] = set.timing?.timeScale ?? 0
        flag("vui_hrd_parameters_present_flag", set.model != nil)
        flag("bitstream_restriction_flag", set.restriction != nil)
        if let model = set.model {
            self["initial_cpb_removal_delay_length_minus1"] = model.common.initialDelayBits - 1
            self["au_cpb_removal_delay_length_minus1"] = model.common.removalDelayBits - 1
            self["dpb_output_delay_length_minus1"] = model.common.outputDelayBits - 1
            list("cbr_flag", model.subLayers.flatMap { ($0.nal + $0.vcl).map { $0.isConstantRate ? 1 : 0 } })
        }
    }

    init(_ set: HEVCPictureParameters) {
        self["pps_pic_parameter_set_id"] = set.id
        self["pps_seq_parameter_set_id"] = set.sequenceID
        flag("dependent_slice_segments_enabled_flag", set.allowsDependentSlices)
        flag("output_flag_present_flag", set.tellsOutput)
        self["num_extra_slice_header_bits"] = set.extraSliceBits
        self["num_ref_idx_l0_default_active_minus1"] = set.defaultReferences[0] - 1
        self["num_ref_idx_l1_default_active_minus1"] = set.defaultReferences[1] - 1
        self["init_qp_minus26"] = set.initialQuantizer - 26
        flag("constrained_intra_pred_flag", set.isIntraConstrained)
        flag("transform_skip_enabled_flag", set.skipsTransforms)
        flag("weighted_pred_flag", set.weightsP)
        flag("weighted_bipred_flag", set.weightsB)
        flag("transquant_bypass_enabled_flag", set.allowsBypass)
        flag("tiles_enabled_flag", set.tileColumns * set.tileRows > 1)
        flag("entropy_coding_sync_enabled_flag", set.hasWavefronts)
        flag("pps_loop_filter_across_slices_enabled_flag", set.filtersAcrossSlices)
        flag("pps_scaling_list_data_present_flag", set.hasScalingLists)
        flag("lists_modification_present_flag", set.modifiesLists)
        flag("slice_segment_header_extension_present_flag", set.hasSliceExtension)
        flag("pps_extension_present_flag", set.hasExtension)
    }

    init(_ slice: HEVCSliceHeader) {
        self["nuh_temporal_id_plus1"] = slice.unit.temporalID + 1
        flag("first_slice_segment_in_pic_flag", slice.isFirst)
        flag("no_output_of_prior_pics_flag", slice.discardsOutput)
        self["slice_pic_parameter_set_id"] = slice.pictureParametersID
        flag("dependent_slice_segment_flag", slice.isDependent)
        self["slice_segment_address"] = slice.address
        guard let fields = slice.independent else { return }
        self["slice_type"] = fields.type == .b ? 0 : fields.type == .p ? 1 : 2
        flag("pic_output_flag", fields.isOutput)
        self["slice_pic_order_cnt_lsb"] = fields.orderCountLow
        self["num_negative_pics"] = fields.shortTerm.entries.count { $0.delta < 0 }
        self["num_positive_pics"] = fields.shortTerm.entries.count { $0.delta > 0 }
        list("delta_poc_s0_minus1", Self.steps(fields.shortTerm.entries.map { -$0.delta }))
        list("delta_poc_s1_minus1", Self.steps(fields.shortTerm.entries.map(\.delta)))
        if let first = fields.references.first { self["num_ref_idx_l0_active_minus1"] = first - 1 }
        if fields.references.count > 1 { self["num_ref_idx_l1_active_minus1"] = fields.references[1] - 1 }
    }

    /// The steps between distances on one side, less 1.
    private static func steps(_ distances: [Int]) -> [Int] {
        let side = distances.filter { $0 > 0 }
        return zip(side, [0] + side).map { $0 - $1 - 1 }
    }
}
