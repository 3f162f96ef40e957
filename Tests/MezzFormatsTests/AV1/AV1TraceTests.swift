import MezzFormats
import Testing

@Suite("AV1 headers as FFmpeg reads them", .timeLimit(.minutes(5)))
struct AV1TraceTests {
    @Test("every frame header says the same and ends at the same bit", arguments: AV1Sample.all)
    func frames(_ sample: AV1Sample) throws {
        let (stream, trace) = try sample.make()
        let units = try AV1OBU.temporalUnits(stream)
        try #require(units.count == trace.packets.count)
        var reader = AV1StreamReader()
        var seen = 0
        for (range, packet) in zip(units, trace.packets) {
            let unit = try reader.read(stream, range)
            let expected = packet.filter { $0.type == 3 || $0.type == 6 }
            try #require(unit.frames.count == expected.count)
            for (frame, truth) in zip(unit.frames, expected) {
                Self.compare(frame, truth, "frame \(seen) of \(sample.testDescription)")
                seen += 1
            }
            let messages = packet.filter { $0.type == 5 }
            try #require(unit.metadata.count == messages.count)
            for (metadata, truth) in zip(unit.metadata, messages) { Self.compare(metadata, truth) }
            #expect(unit.frames.reduce(0) { $0 + $1.bytes } == Self.frameBytes(packet, in: range))
            for truth in packet where truth.type == 1 {
                let sequence = try #require(reader.sequence)
                Self.compare(sequence, truth)
            }
        }
        #expect(seen >= sample.frames)
        #expect(reader.sequence?.codecString.hasPrefix("av01.") == true)
    }

    private static func compare(_ frame: AV1CodedFrame, _ truth: AV1Trace.Unit, _ what: String) {
        let header = frame.header
        #expect(header.bits == truth.headerBits, "\(what): \(header)")
        #expect((header.shownSlot != nil) == (truth["show_existing_frame"] == 1), "\(what)")
        if let slot = truth["frame_to_show_map_idx"] { #expect(header.shownSlot == slot, "\(what)") }
        func same(_ name: String, _ value: Int?) {
            if let expected = truth[name] { #expect(value == expected, "\(what): \(name)") }
        }
        same("frame_type", header.type.rawValue)
        same("show_frame", header.isShown ? 1 : 0)
        same("showable_frame", header.isShowable ? 1 : 0)
        same("error_resilient_mode", header.isErrorResilient ? 1 : 0)
        same("order_hint", header.orderHint)
        same("primary_ref_frame", header.primaryReference ?? 7)
        same("refresh_frame_flags", header.refreshedSlots)
        same("frame_presentation_time", header.presentationTime)
        same("temporal_id", header.temporalID)
        same("spatial_id", header.spatialID)
        for index in 0..<7 {
            same("ref_frame_idx[\(index)]", header.references.indices.contains(index) ? header.references[index] : nil)
        }
        same("frame_width_minus_1", header.size.upscaledWidth - 1)
        same("frame_height_minus_1", header.size.height - 1)
        same("render_width_minus_1", header.size.renderWidth - 1)
        same("coded_denom", header.size.superResolutionDenominator - 9)
        same("base_q_idx", header.baseQuantizer)
        same("segmentation_enabled", header.hasSegmentation ? 1 : 0)
        same("reference_select", header.mixesReferences ? 1 : 0)
        same("uniform_tile_spacing_flag", header.tiles.isUniform ? 1 : 0)
        same("tile_cols_log2", header.tiles.columnsLog2)
        same("tile_rows_log2", header.tiles.rowsLog2)
        if !header.tiles.isUniform {
            #expect(header.tiles.columns == truth.count("width_in_sbs_minus_1"), "\(what)")
            #expect(header.tiles.rows == truth.count("height_in_sbs_minus_1"), "\(what)")
        }
        same("tile_size_bytes_minus1", header.tiles.sizeBytes - 1)
        if header.filmGrain.reusedSlot == nil { same("apply_grain", header.filmGrain.isApplied ? 1 : 0) }
        if header.shownSlot == nil { #expect(truth["apply_grain"] != nil || !header.filmGrain.isApplied, "\(what)") }
        same("grain_seed", header.filmGrain.seed)
        same("num_y_points", header.filmGrain.lumaPoints)
        same("num_cb_points", header.filmGrain.cbPoints)
        same("num_cr_points", header.filmGrain.crPoints)
        same("film_grain_params_ref_idx", header.filmGrain.reusedSlot)
        same("buffer_removal_time[0]", header.bufferRemovalTimes.first ?? nil)
    }

    private static func compare(_ metadata: AV1Metadata, _ truth: AV1Trace.Unit) {
        switch metadata {
        case .contentLight(let max, let average):
            #expect(max == truth["max_cll"] && average == truth["max_fall"])
        case .masteringDisplay(let display):
            for (index, point) in display.primaries.enumerated() {
                #expect(point.x == truth["primary_chromaticity_x[\(index)]"])
                #expect(point.y == truth["primary_chromaticity_y[\(index)]"])
            }
            #expect(display.whitePoint.x == truth["white_point_chromaticity_x"])
            #expect(display.maxLuminance == truth["luminance_max"] && display.minLuminance == truth["luminance_min"])
        default: Issue.record("metadata of a kind that no sample has: \(metadata)")
        }
    }

    /// Bytes of the packet that are not of delimiters, sequence headers, metadata and padding.
    private static func frameBytes(_ packet: [AV1Trace.Unit], in range: Range<Int>) -> Int {
        let others = packet.filter { [1, 2, 5, 15].contains($0.type) }
        return range.count - others.reduce(0) { $0 + $1.start / 8 + ($1["obu_size"] ?? 0) }
    }

    private static func compare(_ sequence: AV1SequenceHeader, _ truth: AV1Trace.Unit) {
        func same(_ name: String, _ value: Int?) {
            if let expected = truth[name] { #expect(value == expected, "\(name)") }
        }
        same("seq_profile", sequence.profile)
        same("still_picture", sequence.isStillPicture ? 1 : 0)
        same("seq_level_idx[0]", sequence.operatingPoints.first?.level)
        same("seq_tier[0]", sequence.operatingPoints.first?.isHighTier == true ? 1 : 0)
        same("operating_points_cnt_minus_1", sequence.operatingPoints.count - 1)
        same("initial_display_delay_minus_1[0]", sequence.operatingPoints.first?.initialDisplayDelay.map { $0 - 1 })
        same("num_units_in_display_tick", sequence.timing?.unitsInDisplayTick)
        same("time_scale", sequence.timing?.timeScale)
        same("num_ticks_per_picture_minus_1", sequence.timing?.ticksPerPicture.map { $0 - 1 })
        same("num_units_in_decoding_tick", sequence.decoderModel?.unitsInDecodingTick)
        same("max_frame_width_minus_1", sequence.maxWidth - 1)
        same("max_frame_height_minus_1", sequence.maxHeight - 1)
        same("use_128x128_superblock", sequence.uses128x128Superblocks ? 1 : 0)
        same("order_hint_bits_minus_1", sequence.orderHintBits - 1)
        same("enable_superres", sequence.enablesSuperResolution ? 1 : 0)
        same("high_bitdepth", sequence.color.bitDepth > 8 ? 1 : 0)
        same("twelve_bit", sequence.color.bitDepth == 12 ? 1 : 0)
        same("mono_chrome", sequence.color.isMonochrome ? 1 : 0)
        same("color_primaries", sequence.color.primaries)
        same("transfer_characteristics", sequence.color.transfer)
        same("matrix_coefficients", sequence.color.matrix)
        same("color_range", sequence.color.isFullRange ? 1 : 0)
        same("chroma_sample_position", sequence.color.chromaSamplePosition)
        same("film_grain_params_present", sequence.hasFilmGrain ? 1 : 0)
    }
}
