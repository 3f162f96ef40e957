import MezzCore
import MezzPixels

/// Watches the thumbnails of a title go by, once, and finds where shots change. It keeps the pictures of the last
/// few seconds and three numbers for every frame.
package struct ShotScanner {
    /// Unexplained luma up to which a step between neighbours is not looked into.
    private static let calm: Float = 0.2
    /// Probability from which a step is a cut.
    private static let likely: Float = 0.43
    /// A step that may be a cut.
    private static let least: Float = 0.28
    /// Frames by which judgement trails the newest frame: what comes after matters too.
    private static let delay = 42
    /// Gradual transitions that are searched for at a frame.
    private static let searches = 2
    /// Evidence below this probability before the search for returns is given up.
    private static let hopeful: Float = 0.3

    /// Frames after an outburst in which a gradual transition must be surer, and how sure.
    private static let settling = 32
    private static let surely: Float = 0.7

    private var window = FrameWindow()
    /// For every frame how little of it is explained by the one before.
    private var steps: [Float] = []
    /// Standard deviations of the luma, and of the luma inside black bars.
    private var deviations: [Float] = []
    private var innerDeviations: [Float] = []
    private var cuts: [ShotBoundary] = []
    private var blends = BlendTracker()
    /// Frames at which the picture jumped as at a cut and yet was none: an explosion, a thing before the lens.
    private var outbursts: [Int] = []

    /// What was measured of a step that may be a cut (`span` 1) or of a stretch that may be a gradual transition.
    struct Candidate {
        /// First new frame, and frames from the last old one to it.
        let frame: Int
        let span: Int
        let measurements: [Float]
    }

    /// Whether every candidate is measured to the end, however hopeless, and kept.
    private let isObserved: Bool
    private(set) var candidates: [Candidate] = []

    package init() { self.init(observed: false) }

    /// - Parameter observed: Whether `candidates` are wanted; it takes many times longer.
    init(observed: Bool) { isObserved = observed }

    package var frames: Int { steps.count }

    /// - Parameter thumbnail: The next frame's, `Thumbnail.bytes` samples.
    package mutating func add(_ thumbnail: UnsafeRawBufferPointer) {
        let picture = ReducedPicture(thumbnail: thumbnail)
        window.append(picture)
        deviations.append(picture.deviation)
        innerDeviations.append(picture.innerDeviation)
        steps.append(step(window.end - 1))
        if window.end > Self.delay { judge(window.end - 1 - Self.delay) }
    }

    /// Judges what is left.
    /// - Returns: All changes of shot, in order.
    package mutating func finish() -> [ShotBoundary] {
        for frame in max(0, window.end - Self.delay)..<window.end { judge(frame) }
        blends.close(window)
        let passages = FadeFinder.passages(deviations, inner: innerDeviations)
        return BoundaryMerger(frames: frames, passages: passages).merged(cuts: cuts, blends: blends.found)
    }

    private mutating func step(_ frame: Int) -> Float {
        guard frame > 0 else { return 0 }
        let bound = window.luma(frame, from: frame - 1, step: 2)
        guard bound > Self.calm else { return bound }
        let rough = min(bound, window.structure(frame, from: frame - 1, step: 2))
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
        if isObserved { candidates.append(Candidate(frame: frame, span: 1, measurements: evidence)) }
        let probability = EvidenceModel.cut.probability(evidence)
        guard probability >= Self.likely else {
            outbursts.append(frame)
            return
        }
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
        for var evidence in promising(last) {
            guard evidence.search(&window) else { continue }
            guard isObserved || EvidenceModel.blend.probability(evidence.measurements) >= Self.hopeful else { continue }
            evidence.lookForReturns(&window)
            if isObserved {
                candidates.append(
                    Candidate(frame: last, span: last - evidence.first, measurements: evidence.measurements))
            }
            let probability = EvidenceModel.blend.probability(evidence.measurements)
            guard probability >= (isUnsettled(evidence.first) ? Self.surely : BlendTracker.least) else { continue }
            blends.see(
                BlendTracker.Candidate(
                    first: evidence.first, last: last, transition: evidence.isMosaic ? .wipe : .dissolve,
                    probability: probability))
        }
    }

    /// Whether what is seen at `frame` may be the smoke of an outburst, out of which the old shot comes again.
    private func isUnsettled(_ frame: Int) -> Bool {
        outbursts.reversed().prefix { $0 > frame - Self.settling }.contains { $0 < frame - CutEvidence.near }
    }

    /// The gradual transitions that may end at `last` and are worth a search, likeliest first.
    private mutating func promising(_ last: Int) -> [BlendEvidence] {
        var found: [(evidence: BlendEvidence, hint: Float)] = []
        for span in BlendEvidence.spans {
            let first = last - span
            guard first >= window.first else { break }
            // Long transitions need not be tried at every frame.
            guard last % max(1, span / 5) == 0 else { continue }
            guard let evidence = BlendEvidence(first: first, last: last, in: &window, steps: steps) else { continue }
            let hint = EvidenceModel.blendHint.probability(evidence.hints)
            guard hint > EvidenceModel.leastHint || isObserved else { continue }
            found.append((evidence, hint))
        }
        let searches = isObserved ? found.count : Self.searches
        return found.sorted { $0.hint > $1.hint }.prefix(searches).map(\.evidence)
    }
}
