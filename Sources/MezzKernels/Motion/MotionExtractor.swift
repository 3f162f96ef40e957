import Foundation
package import MezzPixels

/// The raw motion score of each reference frame, as in libvmaf (release 3.2, or those up to 3.1): how much it differs from
/// the frame before, or from the one two before with the five-frame window. Motion 2 and 3 are made of it afterwards.
///
/// It follows time: `finish` returns exactly one row of values, whatever the number of distorted pictures.
package final class MotionExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: `begin` and `finish` are not called while items run; items write to what belongs to their band alone.

    /// The blur reflects two samples.
    package static let minimumSide = 3

    package let names: [String]
    package let followsTime = true
    package let phases = 1

    /// What is measured once for all variants that need it.
    private struct Measure: Hashable {
        let arithmetic: MotionOptions.Arithmetic
        /// Frames back.
        let distance: Int
    }

    private let variants: [MotionOptions]
    private let measures: [Measure]
    private let format: PictureFormat
    private let bands: Int
    private let filter = VIFFilter(scale: 2)
    private let lines: [MotionLines]
    /// The current frame and up to two before, newest first, and for the older arithmetic the blurred ones.
    private var frames: [Picture] = []
    private var blurred: [MotionPlane] = []
    /// By measure, then band.
    private let sums: UnsafeMutablePointer<Int>

    /// - Precondition: The format's sides are at least `minimumSide`.
    package init(variants: [MotionOptions], format: PictureFormat, distorted: Int, bands: Int) {
        precondition(min(format.width, format.height) >= Self.minimumSide && bands > 0)
        self.variants = variants
        self.format = format
        self.bands = bands
        names = variants.map { "VMAF_integer_feature_motion_sad_score\($0.suffix)" }
        measures = variants.reduce(into: []) { list, options in
            let measure = Self.measure(options)
            if !list.contains(measure) { list.append(measure) }
        }
        lines = (0..<bands).map { _ in MotionLines(width: format.width) }
        sums = .allocate(capacity: measures.count * bands)
        sums.initialize(repeating: 0, count: measures.count * bands)
        if measures.contains(where: { $0.arithmetic == .release31 }) {
            blurred = (0..<3).map { _ in MotionPlane(width: format.width, height: format.height) }
        }
    }

    deinit { sums.deallocate() }

    package func begin(reference: Picture, distorted: [Picture]) {
        frames = [reference] + frames.prefix(2)
        if let oldest = blurred.popLast() { blurred.insert(oldest, at: 0) }
    }

    package func items(in phase: Int) -> Int { bands }

    package func run(phase: Int, item: Int) {
        let pairs = (format.height + 1) / 2
        let start = pairs * item / bands * 2
        let rows = start..<max(start, min(pairs * (item + 1) / bands * 2, format.height))
        let current = VIFPlane(frames[0].planes[0])
        if let output = blurred.first {
            MotionBlur(filter: filter, plane: current, bitDepth: format.bitDepth, lines: lines[item])
                .run(rows: rows, to: output)
        }
        for (index, measure) in measures.enumerated() where measure.distance < frames.count {
            sums[index * bands + item] = sum(measure, current: current, rows: rows, lines: lines[item])
        }
    }

    package func finish() -> [[Double]] {
        [
            variants.map { options in
                let measure = Self.measure(options)
                guard let index = measures.firstIndex(of: measure), measure.distance < frames.count, !options.forcesZero
                else {
                    return 0
                }
                let sum = (0..<bands).reduce(0) { $0 + sums[index * bands + $1] }
                let scaled = Double(sum) / 256
                let area = Double(format.width * format.height)
                return min((options.arithmetic == .release32 ? scaled : Double(Float(scaled))) / area, options.maximum)
            }
        ]
    }

    private func sum(_ measure: Measure, current: VIFPlane, rows: Range<Int>, lines: MotionLines) -> Int {
        switch measure.arithmetic {
        case .release32:
            MotionDifference(
                filter: filter, previous: VIFPlane(frames[measure.distance].planes[0]), current: current,
                bitDepth: format.bitDepth, lines: lines
            ).sum(rows: rows)
        case .release31:
            blurred[0].difference(blurred[measure.distance], rows: rows)
        }
    }

    private static func measure(_ options: MotionOptions) -> Measure {
        Measure(arithmetic: options.arithmetic, distance: options.fiveFrameWindow ? 2 : 1)
    }
}

extension MotionOptions {
    /// libvmaf's suffix of feature names.
    var suffix: String {
        var suffix = ""
        if forcesZero { suffix += "_force_0" }
        if fiveFrameWindow { suffix += "_mffw" }
        if maximum != 10_000 { suffix += String(format: "_mmxv_%g", maximum) }
        if movingAverage { suffix += "_mma" }
        return suffix
    }
}
