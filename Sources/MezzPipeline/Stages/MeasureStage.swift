import MezzCore
import MezzEncode
import MezzMedia
import MezzMetrics
import MezzPixels
import MezzWorkflow

/// Scores every frame of a range of joined rungs against the source, and compares what the frames look like with the
/// frame index.
struct MeasureStage: Stage {
    static let kind = "measure"
    static let revision = 3
    static let tools: [Tool] = [.ffmpeg]
    static let methods = [NativeMeter.version]

    struct Parameters: Codable, Sendable {
        let source: ContentHash
        let range: FrameRange
        let model: MetricModel
        /// By rung, in the order of the `assemble` tasks among the inputs.
        let bitDepths: [Int]
        let resolutions: [Resolution]
        let toneMaps: [ToneMap?]
        let filmGrains: [FilmGrain?]
        /// Compare at the rung's own size, the source scaled down, instead of at the source's size.
        let ownSize: Bool
    }

    struct Output: Codable, Sendable {
        let range: FrameRange
        /// VMAF by rung and frame of the range.
        let scores: [[Float]]
        /// Of the rung that has the size of comparison, where one leaves its grain to the decoder.
        let grain: GrainLevels?
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let title = try await SourceAccess(work, range: parameters.range)
        var scores = [[Float]](repeating: [], count: parameters.bitDepths.count)
        // Rungs of one depth, size and picture of comparison share the reference's decode.
        let groups = Dictionary(grouping: parameters.bitDepths.indices) { rung in
            Comparison(
                bitDepth: max(parameters.bitDepths[rung], title.video.bitDepth > 8 ? 10 : 8),
                size: parameters.ownSize ? parameters.resolutions[rung] : nil,
                toneMap: parameters.toneMaps[rung], filmGrain: parameters.filmGrains[rung])
        }
        var grain: GrainLevels?
        for (comparison, rungs) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
            let request = try await request(rungs, comparison, work, title)
            for (rung, measured) in zip(rungs, try await measure(request, work, title)) {
                try JoinCheck.check(
                    measured, range: parameters.range, index: title.index,
                    name: work.context.inputs[2 + rung].name)
                scores[rung] = measured.scores.map { Float(($0.vmaf * 1000).rounded() / 1000) }
            }
            let size = comparison.size ?? title.video.display
            if let item = rungs.firstIndex(where: { parameters.resolutions[$0] == size }) {
                grain = try await self.grain(of: item, request, work, title)
            }
        }
        return StageResult(output: Output(range: parameters.range, scores: scores, grain: grain))
    }

    private struct Comparison: Hashable {
        let bitDepth: Int
        let size: Resolution?
        let toneMap: ToneMap?
        let filmGrain: FilmGrain?
    }

    private func request(
        _ rungs: [Int], _ comparison: Comparison, _ work: Work<Parameters>, _ title: SourceAccess
    ) async throws -> MeasureRequest {
        var distorted: [Distorted] = []
        for rung in rungs {
            let file = "rung-\(rung).mp4"
            guard let artifact = work.context.inputs[2 + rung].artifacts.first else { continue }
            try await work.stage(artifact, as: file)
            distorted.append(Distorted(file: file, firstFrame: 0))
        }
        let size = comparison.size ?? title.video.display
        return MeasureRequest(
            range: work.parameters.range, distorted: distorted, model: work.parameters.model,
            bitDepth: comparison.bitDepth,
            size: comparison.size, toneMap: comparison.toneMap,
            denoising: comparison.filmGrain.map { SVTAV1.denoising($0, size) }, wantsFingerprints: true)
    }

    /// - Parameter item: The encode of the request that has the size of comparison.
    private func grain(
        of item: Int, _ request: MeasureRequest, _ work: Work<Parameters>, _ title: SourceAccess
    ) async throws -> GrainLevels? {
        var request = request
        request.distorted = [request.distorted[item]]
        return try await GrainMeter(runner: work.runner).measure(
            request, reference: title.reader, total: title.index.count, in: work.folder)
    }

    private func measure(
        _ request: MeasureRequest, _ work: Work<Parameters>, _ title: SourceAccess
    ) async throws -> [MeasuredFrames] {
        let range = request.range
        return try await NativeMeter(runner: work.runner).measure(
            request, reference: title.reader, index: title.index, in: work.folder
        ) { work.context.report(frames: $0, of: range.count) }
    }
}

/// Compares the frames of a joined rung with the frame index by their looks.
enum JoinCheck {
    /// Distance (luma code values) that encodes of the right frames reach for a frame or two at most: a fast AV1
    /// encoder smears a flash into the frames beside it and runs ahead of a fade.
    private static let absolute = 30.0
    /// Distance from which a better fitting neighbour hints at a shift.
    private static let suspicious = 10.0
    /// Hints in a row that prove it.
    private static let run = 3

    /// - Throws: `Failure` that names the first frame that shows something else than the source does there.
    static func check(
        _ measured: MeasuredFrames, range: FrameRange, index: FrameIndex, name: String
    ) throws(Failure) {
        let prints = measured.fingerprints
        let isMapped = !measured.expected.isEmpty
        // Of a tone-mapped picture only the range's own frames are known.
        let known = isMapped ? range : FrameRange(first: 0, end: index.count)
        func expected(_ frame: Int) -> Fingerprint {
            isMapped ? measured.expected[frame - range.first] : index.entries[frame].fingerprint
        }
        var hints = 0
        for (offset, print) in prints.enumerated() {
            let frame = range.first + offset
            let distance = print.distance(to: expected(frame))
            let neighbours = max(known.first, frame - 2)...min(known.end - 1, frame + 2)
            let nearest = neighbours.map { print.distance(to: expected($0)) }.min() ?? distance
            let isFar = distance > absolute
            hints = isFar || distance > suspicious && nearest < distance / 2 ? hints + 1 : 0
            // One frame is proof enough when it is a neighbour beyond doubt: a shift shows at a cut alone.
            guard hints >= min(run, prints.count) || isFar && nearest < distance / 6 else { continue }
            throw Failure(
                .failed, what: "frame \(frame) shows another picture than the source", place: name,
                remedy: "run again; report it if it happens again",
                detail: "fingerprint distance \(distance), nearest neighbour \(nearest)")
        }
    }
}
