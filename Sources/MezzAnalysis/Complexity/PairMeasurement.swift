/// What one pair of neighbouring frames shows.
package struct PairMeasurement: Sendable {
    /// The pair's first frame; the other is the next.
    let frame: Int
    /// Mean luma of the first frame, code values.
    let luma: Double
    let detail: SpatialDetail
    /// TI, code values.
    let temporalInformation: Double
    /// Mean displacement, samples of the reduced picture.
    let motion: Double
    /// Standard deviation of noise, code values; `nil` where nothing could show it.
    let grain: Double?
    let colourfulness: Double
    /// `nil` for a black picture.
    let bars: PictureBars?

    /// Values of one pair; units as above.
    package init(
        frame: Int, luma: Double, detail: SpatialDetail, temporalInformation: Double, motion: Double, grain: Double?,
        colourfulness: Double, bars: PictureBars?
    ) {
        self.frame = frame
        self.luma = luma
        self.detail = detail
        self.temporalInformation = temporalInformation
        self.motion = motion
        self.grain = grain
        self.colourfulness = colourfulness
        self.bars = bars
    }
}
