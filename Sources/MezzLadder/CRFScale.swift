/// The CRF values an encoder accepts.
package struct CRFScale: Hashable, Codable, Sendable {
    /// Distance between accepted values, above 0.
    package let step: Double
    /// Finest value that may be chosen.
    package let minimum: Double
    /// Coarsest value that may be chosen.
    package let maximum: Double

    /// A scale from `minimum` to `maximum` in multiples of `step`; a step of 0 or less becomes 1.
    package init(step: Double, minimum: Double, maximum: Double) {
        self.step = step > 0 ? step : 1
        self.minimum = min(minimum, maximum)
        self.maximum = max(minimum, maximum)
    }

    /// x264 and x265, 8 bit: fractional CRF from 1 to 51. 0 is lossless in x264 and left out.
    package static let x26x = CRFScale(step: 0.25, minimum: 1, maximum: 51)
    /// SVT-AV1: whole CRF from 1 to 63.
    package static let svtAV1 = CRFScale(step: 1, minimum: 1, maximum: 63)

    /// The accepted value nearest to `crf`; the coarsest for something that is no number.
    package func nearest(to crf: Double) -> Double {
        guard !crf.isNaN, let grid = indices(in: minimum...maximum) else { return maximum }
        let wanted = (crf / step).rounded()
        return value(at: Int(min(max(wanted, Double(grid.lowerBound)), Double(grid.upperBound))))
    }

    /// The value of grid index `index`, a multiple of the step.
    func value(at index: Int) -> Double { Double(index) * step }

    /// The grid indices inside `range` and the scale, or nil when none is.
    func indices(in range: ClosedRange<Double>) -> ClosedRange<Int>? {
        // A billionth of a step keeps range ends that are grid values apart from rounding.
        let low = (max(range.lowerBound, minimum) / step - 1e-9).rounded(.up)
        let high = (min(range.upperBound, maximum) / step + 1e-9).rounded(.down)
        return low <= high ? Int(low)...Int(high) : nil
    }
}
