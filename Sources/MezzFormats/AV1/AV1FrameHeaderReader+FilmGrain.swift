extension AV1FrameHeaderReader {
    /// film_grain_params() (5.9.30).
    mutating func readFilmGrain() throws(FormatError) {
        guard sequence.hasFilmGrain, header.isShown || header.isShowable, try cursor.flag() else { return }
        let seed = try cursor.bits(16)
        var grain = AV1FilmGrain(isApplied: true, seed: seed)
        if header.type == .inter, try !cursor.flag() {
            let slot = try cursor.bits(3)
            guard header.references.contains(slot) else {
                throw FormatError(.invalid, "film grain of a frame that is no reference", at: cursor.byte)
            }
            // All but the seed is the slot's, also whether there is grain at all (load_grain_params, 6.8.20).
            if let kept = slots[slot]?.filmGrain { grain = kept }
            grain.seed = seed
            grain.reusedSlot = slot
        } else {
            try readGrainParameters(&grain)
        }
        header.filmGrain = grain
    }

    private mutating func readGrainParameters(_ grain: inout AV1FilmGrain) throws(FormatError) {
        let color = sequence.color
        grain.lumaPoints = try readPoints(most: 14)
        let fromLuma = color.isMonochrome ? false : try cursor.flag()
        let isLumaAlone = color.subsamplesX && color.subsamplesY && grain.lumaPoints == 0
        if !color.isMonochrome, !fromLuma, !isLumaAlone {
            grain.cbPoints = try readPoints(most: 10)
            grain.crPoints = try readPoints(most: 10)
        }
        // grain_scaling_minus_8, ar_coeff_lag and the coefficients
        try cursor.skip(bits: 2)
        let lag = try cursor.bits(2)
        let coefficients = 2 * lag * (lag + 1)
        let chroma = coefficients + (grain.lumaPoints > 0 ? 1 : 0)
        var count = grain.lumaPoints > 0 ? coefficients : 0
        if fromLuma || grain.cbPoints > 0 { count += chroma }
        if fromLuma || grain.crPoints > 0 { count += chroma }
        try cursor.skip(bits: 8 * count)
        // ar_coeff_shift_minus_6, grain_scale_shift; the multipliers and offsets; overlap, clipping
        try cursor.skip(bits: 4)
        for points in [grain.cbPoints, grain.crPoints] where points > 0 { try cursor.skip(bits: 25) }
        try cursor.skip(bits: 2)
    }

    private mutating func readPoints(most: Int) throws(FormatError) -> Int {
        let points = try cursor.bits(4)
        guard points <= most else { throw FormatError(.invalid, "too many points of film grain", at: cursor.byte) }
        try cursor.skip(bits: 16 * points)
        return points
    }
}
