/// How hard a shot is to encode, measured on sampled pairs of neighbouring frames at a reduced size (the picture fitted
/// into 480×270, never enlarged). Measures of a pair are averaged over the shot's pairs unless they say otherwise.
package struct ShotComplexity: Hashable, Codable, Sendable {
    /// Variance of the Laplacian of the luma, squared code values of 8 bit.
    package let spatial: Double
    /// Mean length of the optical flow, samples a frame in a picture that fills 480×270.
    package let temporal: Double
    /// Spatial perceptual information of ITU-T P.910: the largest over the shot's pairs, code values of 8 bit.
    package let si: Double
    /// Temporal perceptual information of ITU-T P.910: the largest over the shot's pairs, code values of 8 bit.
    package let ti: Double
    /// Standard deviation of grain or noise at the source's own size, code values of 8 bit.
    package let grain: Double
    /// Mean luma of all frames, code values of 8 bit.
    package let luminance: Double
    /// Colourfulness by Hasler and Süsstrunk: 0 for grey, about 100 for extremely colourful.
    package let colourfulness: Double
    /// Spatial and temporal complexity on one scale, 0…160; see `ComplexityCategory`.
    package let score: Double
    /// Nothing moves from the first frame to the last.
    package let isStatic: Bool
    /// Every frame is black.
    package let isBlack: Bool
    /// Black bars that stand through the whole shot; `nil` when there are none.
    package let bars: BlackBars?
    /// Pairs that were measured. With 0 the shot was shorter than the distance between two pairs and lay between them:
    /// everything but luminance and flags is its nearest measured neighbour's (or 0, when no shot was measured).
    package let samples: Int

    package init(
        spatial: Double, temporal: Double, si: Double, ti: Double, grain: Double, luminance: Double,
        colourfulness: Double, score: Double, isStatic: Bool, isBlack: Bool, bars: BlackBars?, samples: Int
    ) {
        self.spatial = spatial
        self.temporal = temporal
        self.si = si
        self.ti = ti
        self.grain = grain
        self.luminance = luminance
        self.colourfulness = colourfulness
        self.score = score
        self.isStatic = isStatic
        self.isBlack = isBlack
        self.bars = bars
        self.samples = samples
    }
}

/// Black bars beside a picture, rows and columns of the source.
package struct BlackBars: Hashable, Codable, Sendable {
    package let top: Int
    package let bottom: Int
    package let left: Int
    package let right: Int

    package init(top: Int, bottom: Int, left: Int, right: Int) {
        self.top = top
        self.bottom = bottom
        self.left = left
        self.right = right
    }
}
