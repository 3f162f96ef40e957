import Foundation
import MezzAnalysis
import MezzCore
import MezzIngest
import MezzMedia
import MezzPixels
import MezzWorkflow

/// Reads what the source declares.
struct InspectStage: Stage {
    static let kind = "inspect"
    static let revision = 4
    static let tools: [Tool] = [.ffmpeg, .ffprobe]

    struct Parameters: Codable, Sendable {
        let stamp: SourceStamp
        let reading: SourceReading
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<SourceInfo> {
        let inspector = Inspector(runner: work.runner, reading: work.parameters.reading)
        return StageResult(output: try await inspector.inspect(try await work.source()))
    }
}

/// Refuses, before anything expensive, what the codecs asked for cannot carry.
struct CheckStage: Stage {
    static let kind = "check"
    static let revision = 1
    static let tools: [Tool] = []

    /// The same for every wish that passes: what follows does not depend on the wish.
    struct Output: Codable, Sendable {}

    func run(_ work: Work<JobSpec>) async throws -> StageResult<Output> {
        try SpecCheck.check(work.parameters, against: try work.output(of: TaskName.inspect))
        return StageResult(output: Output())
    }
}

/// The source's content hash: the root of every identity that follows.
struct HashStage: Stage {
    static let kind = "hash"
    static let revision = 1
    static let tools: [Tool] = []

    struct Output: Codable, Sendable {
        let sha256: ContentHash
        let bytes: Int
    }

    func run(_ work: Work<SourceStamp>) async throws -> StageResult<Output> {
        // A stored source was hashed on its way into the store.
        let hash =
            if let known = work.parameters.sha256 { known } else { try ContentHash.ofFile(try await work.source()) }
        return StageResult(output: Output(sha256: hash, bytes: work.parameters.bytes))
    }
}

/// Decodes the source once and writes down every frame.
struct IndexStage: Stage {
    static let kind = "index"
    static let revision = 5
    static let tools: [Tool] = [.ffmpeg]

    struct Parameters: Codable, Sendable {}

    struct Output: Codable, Sendable {
        let frames: Int
        let seek: SourceSeek
        let shots: [Shot]
        let credits: [Credits]
        /// By shot.
        let complexity: [ShotComplexity]
        let title: TitleComplexity
        /// Light levels of a PQ source that states none.
        let light: HDRMetadata.Light?
        let findings: [Finding]
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let source: SourceInfo = try work.output(of: TaskName.inspect)
        let result = try await Indexer(runner: work.runner).index(try await work.source(), video: source.video) {
            work.context.report(frames: $0, of: source.video.expectedFrames)
        }
        let (light, measured) = try await light(of: source.video, result, work)
        let path = work.folder + "/frames.index"
        try result.index.encoded().write(to: URL(fileURLWithPath: path))
        return StageResult(
            output: Output(
                frames: result.index.count, seek: result.seek, shots: result.shots, credits: result.credits,
                complexity: result.complexity, title: result.title, light: light, findings: result.findings + measured),
            files: [(ArtifactName.index, path)])
    }

    /// CTA-861.3 wants the bars of a letterbox left out of averages.
    private func light(
        of video: VideoStreamInfo, _ indexed: Indexer.Result, _ work: Work<Parameters>
    ) async throws -> (HDRMetadata.Light?, [Finding]) {
        guard LightLevelMeter.applies(to: video), video.color.hdr?.light == nil else { return (nil, []) }
        let frames = indexed.index.count
        let reader = SourceReader(path: try await work.source(), video: video, seek: indexed.seek)
        let measured = try await LightLevelMeter(runner: work.runner).measure(
            reader, FrameRange(first: 0, end: frames)
        ) { work.context.report(frames: $0, of: frames) }
        guard let light = measured.light(over: .lit) else { return (nil, []) }
        let finding = Finding(
            "source.light-measured", .info,
            "the PQ source states no light levels; MaxCLL \(light.max) and MaxFALL \(light.average) cd/m² were measured",
            place: Finding.Place(stream: String(video.stream)),
            remedy: "nothing; state them in the master where they are known")
        return (light, [finding])
    }
}
