package import MezzCore
package import MezzPixels

/// Scores encodes of one reference, frame by frame in order, with any number of models at once.
///
/// Features that several models read are measured once, and what depends on the reference alone is done once for all
/// encodes. It keeps the reference's last two pictures (do not refill a pushed one) and numbers: memory grows by some
/// hundred bytes a frame. Use it from one task at a time; it brings its own threads.
package final class ScoringEngine {
    package let models: [Model]
    package let format: PictureFormat
    /// Encodes that are compared with each reference frame.
    package let distorted: Int
    /// One frame in this many is scored: those whose number, counted from the first pushed frame, it divides.
    package let every: Int
    /// Frames pushed so far.
    package private(set) var frames = 0

    /// CPU seconds of the engine's own threads; the calling thread's are not among them.
    package var helperCPUSeconds: Double { team.cpuSeconds }

    private let firstFrame: Int
    private let table: MeasurementTable
    private let extractors: [any FeatureExtractor]
    private let team: ThreadTeam
    private let work: FrameWork
    private var records: ScoreRecords

    /// - Parameters:
    ///   - features: What is measured and logged besides the models' needs.
    ///   - distorted: Encodes per reference frame.
    ///   - threads: Threads that measure, the caller's among them.
    ///   - every: Score one frame in this many; motion follows all.
    ///   - firstFrame: The number of the first frame pushed, for the log.
    /// - Throws: `Failure` when pictures of this format are too small for a model or requests contradict each other.
    package convenience init(
        models: [Model], features: [FeatureRequest] = [], format: PictureFormat, distorted: Int = 1, threads: Int = 1,
        every: Int = 1, firstFrame: Int = 0, kernels: KernelChoice = .best()
    ) throws(Failure) {
        try self.init(
            models: models, features: features, format: format, distorted: distorted, threads: threads, every: every,
            firstFrame: firstFrame
        ) { kernels.extractors(for: $0, format: format, distorted: distorted, bands: $1) }
    }

    /// - Parameter extractors: Makes the extractors for requests; the number is the bands a phase is cut into.
    package init(
        models: [Model], features: [FeatureRequest] = [], format: PictureFormat, distorted: Int = 1, threads: Int = 1,
        every: Int = 1, firstFrame: Int = 0, extractors: ([FeatureRequest], Int) -> [any FeatureExtractor]
    ) throws(Failure) {
        precondition(distorted > 0 && every > 0)
        let union = FeatureUnion(models.map(\.requests) + [features])
        try Self.check(union, models, format)
        self.models = models
        self.format = format
        self.distorted = distorted
        self.every = every
        self.firstFrame = firstFrame
        team = ThreadTeam(threads: threads)
        self.extractors = extractors(
            union.requests.filter { !$0.isForcedToZero }, team.size == 1 ? 1 : team.size * Self.bandsPerThread)
        table = try MeasurementTable(union.requests, names: self.extractors.map(\.names))
        work = FrameWork(self.extractors)
        records = ScoreRecords(table: table, distorted: distorted)
        team.start()
    }

    deinit { team.dismiss() }

    /// More bands even out the threads' loads, fewer repeat less at their edges.
    private static let bandsPerThread = 4

    /// Frames that must be pushed around a range so that it scores as in the whole title.
    package static func neighbours(for models: [Model]) -> (before: Int, after: Int) {
        neighbours(for: models.flatMap(\.requests))
    }

    /// Frames that must be pushed around a range so that these features are measured as in the whole title.
    package static func neighbours(for requests: [FeatureRequest]) -> (before: Int, after: Int) {
        let all = requests.compactMap { request in
            if case .motion(let options) = request { MotionSeries.neighbours(options) } else { nil }
        }
        return (all.map(\.before).max() ?? 0, all.map(\.after).max() ?? 0)
    }

    /// Takes the next frame with its encodes.
    package func push(reference: Picture, distorted: [Picture]) {
        precondition(distorted.count == self.distorted, "one picture of each encode")
        precondition(distorted.allSatisfy { $0.format == format }, "pictures of the engine's format")
        let isScored = frames % every == 0
        advance(reference, isScored ? distorted : [], isScored: isScored)
    }

    /// Takes the next frame of the reference alone: it counts for the motion of its neighbours and is not scored.
    package func push(reference: Picture) {
        advance(reference, [], isScored: false)
    }

    private func advance(_ reference: Picture, _ distorted: [Picture], isScored: Bool) {
        precondition(reference.format == format, "pictures of the engine's format")
        let chosen = extractors.map { isScored || $0.followsTime }
        if chosen.contains(true) {
            work.prepare(reference: reference, distorted: distorted, chosen: chosen)
            team.run(work)
        }
        records.append(work.takeRows(), frame: frames, isScored: isScored)
        frames += 1
    }

    /// The scores of all frames, a log for each encode. Call it once, when no frame is left.
    package func finish() -> [FrameScores] {
        (0..<distorted).map { records.scores(of: $0, models: models, firstFrame: firstFrame) }
    }

    private static func check(_ union: FeatureUnion, _ models: [Model], _ format: PictureFormat) throws(Failure) {
        for model in models {
            for request in model.requests { try request.check(format, for: model.name) }
        }
        for request in union.requests { try request.check(format, for: request.names[0]) }
        if let name = union.ambiguousName {
            throw Failure(
                .usage, what: "two different measurements have the same name", place: name,
                remedy: "ask for one of them: for example motion of release 3.1 or of 3.2")
        }
    }
}

extension FeatureRequest {
    fileprivate var isForcedToZero: Bool {
        if case .motion(let options) = self { options.forcesZero } else { false }
    }
}
