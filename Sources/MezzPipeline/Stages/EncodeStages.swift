import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzPixels
import MezzQC
import MezzWorkflow

/// Encodes one chunk for one or more rungs.
struct EncodeStage: Stage {
    static let kind = "encode"
    static let revision = 2
    static let tools: [Tool] = [.ffmpeg]

    struct Target: Codable, Sendable {
        let recipe: VideoRecipe
        let crf: Double
    }

    struct Parameters: Codable, Sendable {
        let source: ContentHash
        let range: FrameRange
        let keyFrames: [Int]
        let outputs: [Target]
    }

    struct Done: Codable, Sendable {
        let frames: Int
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Done> {
        let parameters = work.parameters
        let title = try await SourceAccess(work, range: parameters.range)
        let outputs = parameters.outputs.enumerated().map { number, output in
            ChunkOutput(recipe: output.recipe, crf: output.crf, file: "\(number).mp4")
        }
        if outputs.contains(where: { $0.recipe.hdr10PlusFile != nil }) {
            let slice = try work.artifact(ArtifactName.hdr10Plus(parameters.range), of: TaskName.hdr10Plus)
            try await work.stage(slice, as: HDR10PlusFile.encoderFile)
        }
        let total = parameters.range.count
        try await ChunkEncoder(runner: work.runner, reader: title.reader, index: title.index).encode(
            parameters.range, keyFrames: parameters.keyFrames, outputs: outputs, in: work.folder
        ) { work.context.report(frames: $0, of: total) }
        return StageResult(
            output: Done(frames: total), files: outputs.map { ($0.file, work.folder + "/" + $0.file) })
    }
}

/// Joins the chunks of one rung and proves the join.
struct AssembleStage: Stage {
    static let kind = "assemble"
    static let revision = 2
    static let tools: [Tool] = [.ffmpeg, .ffprobe]

    struct Piece: Codable, Sendable {
        /// Number of the input that made the chunk.
        let input: Int
        let artifact: Int
        let frames: Int
    }

    struct Parameters: Codable, Sendable {
        let codec: CodecFamily
        let frameRate: Rational
        let keyFrames: [Int]
        let pieces: [Piece]
        /// The buffer (VBV) that the encodes were given: bits per second and bits.
        let bufferRate: Int?
        let bufferBits: Int?
        /// Whether every picture has HDR10+ metadata: they are counted again after the join.
        let carriesHDR10Plus: Bool
    }

    struct Output: Codable, Sendable {
        let frames: Int
        /// Bytes of the frames from each key frame to the next, in order.
        let gopBytes: [Int]
        let profile: String
        let level: String
        /// How each piece passes through the buffer; empty where there is none.
        let buffer: [BufferPace.Part]
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        var chunks: [(file: String, frames: Int)] = []
        for (number, piece) in parameters.pieces.enumerated() {
            let file = "chunk-\(number).mp4"
            try await work.stage(work.context.inputs[piece.input].artifacts[piece.artifact], as: file)
            chunks.append((file, piece.frames))
        }
        let packets = try await ChunkJoiner(runner: work.runner).join(
            chunks, codec: parameters.codec, frameRate: parameters.frameRate, keyFrames: parameters.keyFrames,
            into: ArtifactName.joined, in: work.folder)
        let path = work.folder + "/" + ArtifactName.joined
        if parameters.carriesHDR10Plus {
            try HDR10PlusCount.read(path).check(frames: packets.bytes.count, place: work.context.request.name)
        }
        let facts = try await StreamFacts.read(path, codec: parameters.codec, runner: work.runner)
        return StageResult(
            output: Output(
                frames: packets.bytes.count, gopBytes: packets.gopBytes, profile: facts.profile, level: facts.level,
                buffer: Self.buffer(parameters, packets)),
            files: [(ArtifactName.joined, path)])
    }

    private static func buffer(_ parameters: Parameters, _ packets: PacketList) -> [BufferPace.Part] {
        guard let rate = parameters.bufferRate, let bits = parameters.bufferBits else { return [] }
        return BufferPace(rate: rate, size: bits).parts(
            bytes: packets.decodeBytes, counts: parameters.pieces.map(\.frames),
            frameSeconds: parameters.frameRate.seconds(ofFrame: 1))
    }
}
