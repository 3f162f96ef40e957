import MezzCore
import MezzPixels

/// Watches the thumbnails of a title go by, once, and finds where shots change. It keeps the pictures of the last
/// few seconds and two numbers for every frame.
package struct ShotScanner {
    /// Unexplained luma up to which a step between neighbours is not looked into.
    private static let calm: Float = 0.2
    /// Probability from which a step is a cut.
    private static let likely: Float = 0.4
    /// A step that may be a cut.
    private static let least: Float = 0.28
    /// Frames by which judgement trails the newest frame: what comes after matters too.
    private static let delay = 42
    /// Cheap evidence below this probability is not looked into.
    private static let hint: Float = 0.069

    /// Evidence below this probability before the search for returns is given up.
    private static let hopeful: Float = 0.3

    private var window = FrameWindow()
    /// For every frame how little of it is explained by the one before.
    private var steps: [Float] = []
    private var deviations: [Float] = []
    private var cuts: [ShotBoundary] = []
    private var blends = BlendTracker()

    package init() {}

    package var frames: Int { steps.count }

    /// - Parameter thumbnail: The next frame's, `Thumbnail.bytes` samples.
    package mutating func add(_ thumbnail: UnsafeRawBufferPointer) {
        let picture = ReducedPicture(thumbnail: thumbnail)
        window.append(picture)
        deviations.append(picture.deviation)
        steps.append(step(window.end - 1))
        if window.end > Self.delay { judge(window.end - 1 - Self.delay) }
    }

    /// Judges what is left.
    /// - Returns: All changes of shot, in order.
    package mutating func finish() -> [ShotBoundary] {
        for frame in max(0, window.end - Self.delay)..<window.end { judge(frame) }
        blends.close(window)
        let passages = FadeFinder(deviations: deviations).passages()
        return BoundaryMerger(frames: frames, passages: passages).merged(cuts: cuts, blends: blends.found)
    }

    private mutating func step(_ frame: Int) -> Float {
        guard frame > 0 else { return 0 }
        let bound = window.luma(frame, from: frame - 1, step: 2)
        guard bound > Self.calm else { return bound }
        let rough = window.leastUnexplained(frame, from: frame - 1)
        guard rough > Self.least else { return rough }
        let (luma, structure) = window.unexplained(frame, from: frame - 1)
        return min(luma, structure)
    }

    private mutating func judge(_ frame: Int) {
        guard frame > 0 else { return }
        if isPeak(frame) { judgeCut(frame) }
        judgeBlends(frame)
        blends.advance(to: frame, window)
    }

    private func isPeak(_ frame: Int) -> Bool {
        let here = steps[frame]
        let around = max(0, frame - 3)..<min(steps.count, frame + 4)
        let rival = around.lazy.filter { abs($0 - frame) > 1 }.map { steps[$0] }.max() ?? 0
        return here > Self.least && here >= rival && here >= steps[frame - 1]
            && (frame + 1 >= steps.count || here >= steps[frame + 1])
    }

    private mutating func judgeCut(_ frame: Int) {
        guard let evidence = CutEvidence(at: frame, in: &window, steps: steps)?.measurements else { return }
        let probability = EvidenceModel.cut.probability(evidence)
        guard probability >= Self.likely else { return }
        let cut = ShotBoundary(
            frame: frame, transition: .cut, range: FrameRange(first: frame, end: frame),
            confidence: Double(probability))
        // A step into a blended frame and out of it again is one cut.
        if let last = cuts.last, frame - last.frame <= 2 {
            if cut.confidence > last.confidence { cuts[cuts.count - 1] = cut }
        } else {
            cuts.append(cut)
        }
    }

    private mutating func judgeBlends(_ last: Int) {
        for span in BlendEvidence.spans {
            let first = last - span
            guard first >= window.first else { break }
            // Long transitions need not be tried at every frame.
            guard last % max(1, span / 10) == 0 else { continue }
            guard var evidence = BlendEvidence(first: first, last: last, in: window, steps: steps) else { continue }
            guard EvidenceModel.blendHint.probability(evidence.hints) > Self.hint, evidence.search(&window) else {
                continue
            }
            guard EvidenceModel.blend.probability(evidence.measurements) >= Self.hopeful else { continue }
            evidence.lookForReturns(&window)
            let probability = EvidenceModel.blend.probability(evidence.measurements)
            guard probability >= BlendTracker.least else { continue }
            blends.see(
                BlendTracker.Candidate(
                    first: first, last: last, transition: evidence.isMosaic ? .wipe : .dissolve,
                    probability: probability))
        }
    }
}
