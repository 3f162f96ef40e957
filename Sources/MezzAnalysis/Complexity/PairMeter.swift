import MezzCore

/// Measures pairs of frames as `PairSampling` carries them; keeps the memory it needs.
final class PairMeter {
    private let sampling: PairSampling
    private let flow: OpticalFlow

    init(sampling: PairSampling) {
        self.sampling = sampling
        flow = OpticalFlow(width: sampling.reduced.width, height: sampling.reduced.height)
    }

    /// - Parameters: Two frames of `sampling.frameBytes`.
    func measure(_ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, frame: Int) -> PairMeasurement {
        let (a, b) = (luma(first), luma(second))
        let bars = PictureBars(of: a)
        let area = (bars ?? .absent).area(of: a)
        let difference = TemporalDifference.information(a, b)
        return PairMeasurement(
            frame: frame, luma: Self.mean(a), detail: SpatialDetail(a, in: area), temporalInformation: difference,
            // Pictures that differ nowhere, or everywhere by the same, have not moved.
            motion: difference > 0 ? flow.meanLength(a, b, in: area) : 0,
            grain: NoiseEstimate.deviation(window(first)),
            colourfulness: Colourfulness.measure(chroma(first, 0), chroma(first, 1)), bars: bars)
    }

    private func luma(_ frame: UnsafePointer<UInt8>) -> PlaneView {
        PlaneView(frame, width: sampling.reduced.width, height: sampling.reduced.height)
    }

    private func window(_ frame: UnsafePointer<UInt8>) -> PlaneView {
        let first = frame + sampling.reduced.width * sampling.reduced.height
        return PlaneView(first, width: sampling.window.width, height: sampling.window.height)
    }

    private func chroma(_ frame: UnsafePointer<UInt8>, _ plane: Int) -> PlaneView {
        let (width, height) = (sampling.reduced.width / 2, sampling.reduced.height / 2)
        let first = frame + (sampling.reduced.width * sampling.rows + plane * width * (sampling.rows / 2))
        return PlaneView(first, width: width, height: height)
    }

    private static func mean(_ luma: PlaneView) -> Double {
        var sum = 0
        for y in 0..<luma.height {
            let row = luma.row(y)
            var eight = SIMD8<Int16>.zero
            // 60 vectors a row: below 2¹⁵.
            for x in stride(from: 0, through: luma.width - 8, by: 8) { eight &+= PlaneView.eight(row, x) }
            sum += Int(SIMD8<Int32>(truncatingIfNeeded: eight).wrappedSum())
            for x in (luma.width & ~7)..<luma.width { sum += Int(row[x]) }
        }
        return Double(sum) / Double(max(1, luma.width * luma.height))
    }
}
