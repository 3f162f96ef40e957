import Foundation
import MezzCertify
import MezzCore
import MezzFormats
import MezzMedia
import MezzQC

/// The tools and the analyser, as the command puts them together.
enum StreamTools {
    static let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

    static func runner() async throws -> ToolRunner {
        let environment = ProcessInfo.processInfo.environment
        return ToolRunner(tools: try await ToolDiscovery(environment: environment, cache: nil).findAll([.ffmpeg]))
    }

    /// - Parameter path: Where programs are looked for that are no tools of ours.
    static func decoders(path: String = path) async throws -> StreamDecoders {
        try await StreamDecoders.find(runner: try await runner(), programs: ClientRunner(path: path))
    }

    static func certification(path: String = path) async throws -> Certification {
        Certification(
            encoder: CertificationEncoder(runner: try await runner(), verify: verdict),
            decoders: try await decoders(path: path))
    }

    @Sendable static func verdict(_ path: String) throws -> StreamVerdict {
        let (stream, findings) = try StreamAnalyzer.analyze(try FileBytes(path), name: "stream")
        guard let summary = StreamSummary(stream) else {
            throw Failure(.failed, what: "no pictures", place: path, remedy: "look at the file")
        }
        let descriptions = stream.descriptions.map(\.1)
        var sizes: [Resolution] = []
        for size in descriptions.map(\.codedSize) where sizes.last != size { sizes.append(size) }
        var verdict = StreamVerdict(
            codecs: summary.codecs, level: summary.level, frames: summary.frames, seconds: summary.seconds,
            peakBPS: summary.peakBPS, sizes: sizes, findings: findings)
        verdict.keyFrames = summary.keyFrames
        verdict.tileColumns = descriptions.map(\.tileColumns).max() ?? 1
        verdict.tileRows = descriptions.map(\.tileRows).max() ?? 1
        verdict.slices = stream.pictures.map { Int($0.slices) }.max() ?? 1
        verdict.grainFrames = stream.pictures.count { $0.traits.contains(.hasGrain) }
        verdict.bufferedPictures = descriptions.first?.bufferedPictures
        verdict.hdr = HDRMetadata(
            display: descriptions.lazy.compactMap(\.masteringDisplay).first.flatMap(display),
            light: descriptions.lazy.compactMap(\.contentLight).first.flatMap {
                HDRMetadata.Light(max: $0.maxContentLevel, average: $0.maxPictureAverage)
            })
        return verdict
    }

    private static func display(_ display: MasteringDisplay) -> HDRMetadata.Display? {
        HDRMetadata.Display(
            points: [display.green, display.blue, display.red, display.white].flatMap { [$0.x, $0.y] },
            maxLuminance: display.maxLuminance, minLuminance: display.minLuminance)
    }
}
