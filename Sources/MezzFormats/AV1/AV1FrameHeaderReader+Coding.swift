extension AV1FrameHeaderReader {
    /// From quantization_params() (5.9.12) to lr_params() (5.9.20).
    mutating func readQuantizers() throws(FormatError) {
        header.baseQuantizer = try cursor.bits(8)
        let hasDeltas = try readQuantizerDeltas()
        if try cursor.flag() {
            // using_qmatrix: qm_y, qm_u, qm_v
            try cursor.skip(bits: sequence.color.hasSeparateChromaQuantizers ? 12 : 8)
        }
        try readSegmentation()
        try readBlockDeltas()
        header.isLossless = !hasDeltas && segments.areAllZero(base: header.baseQuantizer)
        try readFilters()
    }

    /// Distances of the other quantizers from the base one: whether any is not 0.
    private mutating func readQuantizerDeltas() throws(FormatError) -> Bool {
        var hasDeltas = try readDelta()
        guard !sequence.color.isMonochrome else { return hasDeltas }
        let differs = sequence.color.hasSeparateChromaQuantizers ? try cursor.flag() : false
        for _ in 0..<(differs ? 4 : 2) where try readDelta() { hasDeltas = true }
        return hasDeltas
    }

    private mutating func readDelta() throws(FormatError) -> Bool {
        guard try cursor.flag() else { return false }
        return try cursor.signed(7) != 0
    }

    /// segmentation_params() (5.9.14).
    private mutating func readSegmentation() throws(FormatError) {
        header.hasSegmentation = try cursor.flag()
        segments = AV1Segments()
        guard header.hasSegmentation else { return }
        guard let primary = header.primaryReference else {
            segments = try AV1Segments.read(&cursor)
            return
        }
        // segmentation_update_map, segmentation_temporal_update, segmentation_update_data
        if try cursor.flag() { try cursor.skip(bits: 1) }
        if try cursor.flag() {
            segments = try AV1Segments.read(&cursor)
        } else if header.references.indices.contains(primary), let slot = slots[header.references[primary]] {
            segments = slot.segments
        }
    }

    /// delta_q_params() and delta_lf_params() (5.9.17, 5.9.18).
    private mutating func readBlockDeltas() throws(FormatError) {
        guard header.baseQuantizer > 0, try cursor.flag() else { return }
        try cursor.skip(bits: 2)
        if !header.allowsIntraBlockCopy, try cursor.flag() { try cursor.skip(bits: 3) }
    }

    private mutating func readFilters() throws(FormatError) {
        guard !header.allowsIntraBlockCopy else { return }
        if !header.isLossless {
            try readLoopFilter()
            if sequence.enablesCDEF {
                // cdef_damping_minus_3, cdef_bits and as many strengths (5.9.19)
                try cursor.skip(bits: 2)
                let strengths = 1 << (try cursor.bits(2))
                try cursor.skip(bits: strengths * (sequence.color.isMonochrome ? 6 : 12))
            }
        }
        let isUntouched = header.isLossless && header.size.width == header.size.upscaledWidth
        if !isUntouched, sequence.enablesRestoration { try readRestoration() }
    }

    /// loop_filter_params() (5.9.11).
    private mutating func readLoopFilter() throws(FormatError) {
        let levels = try cursor.bits(12)
        if !sequence.color.isMonochrome, levels != 0 { try cursor.skip(bits: 12) }
        try cursor.skip(bits: 3)
        guard try cursor.flag(), try cursor.flag() else { return }
        for _ in 0..<10 where try cursor.flag() { try cursor.skip(bits: 7) }
    }

    /// lr_params() (5.9.20).
    private mutating func readRestoration() throws(FormatError) {
        var planes = 0
        for plane in 0..<sequence.color.planes where try cursor.bits(2) != 0 { planes |= 1 << plane }
        guard planes != 0 else { return }
        let isLarger = try cursor.flag()
        if !sequence.uses128x128Superblocks, isLarger { try cursor.skip(bits: 1) }
        if sequence.color.subsamplesX, sequence.color.subsamplesY, planes > 1 { try cursor.skip(bits: 1) }
    }

    /// read_tx_mode() to reduced_tx_set (5.9.21 to 5.9.23).
    mutating func readTransforms() throws(FormatError) {
        if !header.isLossless { try cursor.skip(bits: 1) }
        header.mixesReferences = header.isIntra ? false : try cursor.flag()
        if allowsSkipMode { try cursor.skip(bits: 1) }
        if !header.isIntra, !header.isErrorResilient, sequence.enablesWarpedMotion { try cursor.skip(bits: 1) }
        try cursor.skip(bits: 1)
    }

    /// global_motion_params() (5.9.24): the values depend on earlier frames, their lengths do not.
    mutating func readGlobalMotion() throws(FormatError) {
        guard !header.isIntra else { return }
        for _ in 0..<7 where try cursor.flag() {
            let isRotationOrZoom = try cursor.flag()
            let isTranslation = isRotationOrZoom ? false : try cursor.flag()
            if !isTranslation {
                for _ in 0..<(isRotationOrZoom ? 2 : 4) { try skipMotion(bits: 12) }
            }
            let shift = isTranslation ? (allowsHighPrecisionMotionVectors ? 9 : 8) : 12
            for _ in 0..<2 { try skipMotion(bits: shift) }
        }
    }

    private mutating func skipMotion(bits: Int) throws(FormatError) {
        try cursor.skipSubexponential(below: 2 << bits + 1)
    }
}
