import Foundation
import MezzAnalysis
import MezzCore
import MezzMedia
import MezzMetrics
import MezzPixels
import Synchronization

/// One measurement from opened videos to scores.
struct VMAFSession: Sendable {
    let runner: ToolRunner
    /// The reference first.
    let sources: [StreamSource]
    let videos: VMAFVideos
    let measuring: VMAFMeasuring
    let wantsShots: Bool
    let progress: VMAFProgress

    func run() async throws -> VMAFReport {
        let models = try measuring.models(for: sources[0].size)
        // A model that these pictures are too small for says so before anything is decoded.
        _ = try engine(models, every: 1, firstFrame: 0)
        var comparison = Comparison(
            runner: runner, reference: sources[0], distorted: Array(sources.dropFirst()),
            decoderThreads: measuring.decoderThreads)
        let offsets = try await offsets(comparison)
        comparison.alignment = Alignment(offsets: offsets)
        comparison.stopsAtShortest = videos.shortest
        let shots = wantsShots ? ShotWatch() : nil
        let started = Date()
        let found =
            try await measuring.within == nil
            ? whole(comparison, models, shots) : sampled(comparison, models, shots)
        let seconds = max(1e-3, Date().timeIntervalSince(started))
        if !comparison.alignment.isPlain || videos.shortest { progress.note("\(found.frames) frames were paired") }
        let encodes = sources.indices.dropFirst().map { number in
            VMAFReport.Encode(
                source: sources[number], offset: offsets[number - 1], scores: found.scores[number - 1],
                estimate: found.estimates.isEmpty ? nil : found.estimates[number - 1])
        }
        return VMAFReport(
            reference: sources[0], encodes: encodes, models: models, frames: found.frames,
            shots: shots?.starts(after: comparison.alignment.reference) ?? [],
            framesPerSecond: Double(found.frames) / seconds)
    }

    private struct Found {
        var scores: [FrameScores]
        var estimates: [MeanEstimate]
        var frames: Int
    }

    private func engine(_ models: [Model], every: Int, firstFrame: Int) throws(Failure) -> sending ScoringEngine {
        try ScoringEngine(
            models: models, features: measuring.features, format: sources[0].format, distorted: sources.count - 1,
            threads: measuring.threadCount, every: every, firstFrame: firstFrame)
    }

    private func offsets(_ comparison: Comparison) async throws -> [Int] {
        guard videos.offset == .automatic else {
            guard case .frames(let frames) = videos.offset else { return [] }
            return comparison.distorted.map { _ in frames }
        }
        let prints = try await comparison.fingerprints(frames: OffsetSearch.frames)
        var offsets: [Int] = []
        for (source, own) in zip(comparison.distorted, prints.dropFirst()) {
            guard let offset = OffsetSearch.offset(reference: prints[0], distorted: own) else {
                throw Failure(
                    .input,
                    what: "no shift of up to \(OffsetSearch.reach) frames brings it together with the reference",
                    place: source.path.printable, remedy: "check that it shows the same title, or give --offset N")
            }
            progress.note("\(source.path.printable): offset \(offset): \(FrameOffset.text(offset))")
            offsets.append(offset)
        }
        return offsets
    }

    /// Frames that every video seems to have after its offset.
    private func expectedFrames(_ comparison: Comparison) -> Int? {
        let skips = [comparison.alignment.reference] + comparison.alignment.distorted
        let known = zip(sources, skips).compactMap { source, skip in source.expectedFrames.map { max(0, $0 - skip) } }
        return known.min()
    }

    private func whole(_ comparison: Comparison, _ models: [Model], _ shots: ShotWatch?) async throws -> Found {
        let progress = progress
        progress.begin("frame", total: expectedFrames(comparison))
        let engine = try engine(models, every: measuring.subsample, firstFrame: comparison.alignment.reference)
        let outcome = try await comparison.run(engine, thumbnail: shots?.body) { progress.advance(to: $0) }
        tell(outcome)
        return Found(scores: outcome.scores, estimates: [], frames: outcome.frames)
    }

    /// Passes over the videos until the estimate is good enough for every encode.
    private func sampled(_ comparison: Comparison, _ models: [Model], _ shots: ShotWatch?) async throws -> Found {
        let progress = progress
        var known = expectedFrames(comparison)
        var pass = 1
        var counted: Int?
        while true {
            // Without a count from the container the first pass only counts, with little work.
            let frames = max(1, known ?? 1)
            var sampling = FrameSampling(frames: frames, within: measuring.within ?? 1, encodes: sources.count - 1)
            while let wanted = sampling.next() {
                progress.begin("pass \(pass): frame", total: known)
                let engine = try engine(models, every: 1, firstFrame: comparison.alignment.reference)
                let outcome = try await comparison.run(
                    engine, wanted: wanted, thumbnail: counted == nil ? shots?.body : nil
                ) { progress.advance(to: $0) }
                if counted == nil { tell(outcome) }
                counted = outcome.frames
                pass += 1
                guard outcome.frames == frames else { break }
                sampling.take(outcome.scores, leading: models[0].scoreName, firstFrame: comparison.alignment.reference)
            }
            if counted == frames {
                return Found(scores: sampling.scores, estimates: sampling.estimates, frames: frames)
            }
            known = counted
        }
    }

    /// What the decoders complained of.
    private func tell(_ outcome: Comparison.Outcome) {
        for (source, messages) in zip(sources, outcome.messages) where !messages.isEmpty {
            let more = messages.count > 1 ? " (and \(messages.count - 1) more)" : ""
            progress.note("warning: \(source.path.printable): the decoder says: \(messages[0].printable)\(more)")
        }
    }
}

/// Watches the reference's thumbnails for shots.
private final class ShotWatch: Sendable {
    private let scanner = Mutex(ShotScanner())

    var body: @Sendable (UnsafeRawBufferPointer) -> Void {
        { [self] thumbnail in scanner.withLock { $0.add(thumbnail) } }
    }

    /// First frames of all shots but the first, by the reference's numbers.
    func starts(after first: Int) -> [Int] {
        scanner.withLock { scanner in
            let boundaries = scanner.finish()
            return ShotDetector().shots(boundaries, frames: scanner.frames).dropFirst().map { first + $0.frames.first }
        }
    }
}
