import Foundation
import MezzCertify
import MezzCore
import MezzFormats
import MezzQC

extension StreamVerdict {
    /// Reads a file's video track through.
    /// - Throws: `Failure` when it holds no track that can be checked, or not a single picture of it can be read.
    init(path: String) throws {
        let (stream, findings) = try Self.analyze(path)
        guard let summary = StreamSummary(stream), let first = stream.description else {
            throw Self.unreadable(path)
        }
        let descriptions = stream.descriptions.map(\.1)
        var sizes: [Resolution] = []
        for size in descriptions.map(\.codedSize) where sizes.last != size { sizes.append(size) }
        self.init(
            codecs: summary.codecs, level: summary.level, frames: summary.frames, seconds: summary.seconds,
            peakBPS: summary.peakBPS, sizes: sizes, findings: findings)
        keyFrames = summary.keyFrames
        tileColumns = descriptions.map(\.tileColumns).max() ?? 1
        tileRows = descriptions.map(\.tileRows).max() ?? 1
        slices = stream.pictures.map { Int($0.slices) }.max() ?? 1
        grainFrames = stream.pictures.count { $0.traits.contains(.hasGrain) }
        bufferedPictures = first.bufferedPictures
        hdr = HDRMetadata(
            display: descriptions.compactMap(\.masteringDisplay).first.flatMap(HDRMetadata.Display.init),
            light: descriptions.compactMap(\.contentLight).first.flatMap {
                HDRMetadata.Light(max: $0.maxContentLevel, average: $0.maxPictureAverage)
            })
    }

    private static func analyze(_ path: String) throws -> (stream: CodedStream, findings: [Finding]) {
        do {
            let name = (path as NSString).lastPathComponent
            return try StreamAnalyzer.analyze(try FileBytes(path, followsLinks: true), name: name)
        } catch {
            throw unreadable(path, detail: String(describing: error))
        }
    }

    private static func unreadable(_ path: String, detail: String = "") -> Failure {
        Failure(
            .failed, what: "not a single picture can be read", place: path.printable, remedy: "report it",
            detail: detail)
    }
}

extension HDRMetadata.Display {
    /// `nil` where a stream says what no display can be.
    fileprivate init?(_ display: MasteringDisplay) {
        self.init(
            points: [display.green, display.blue, display.red, display.white].flatMap { [$0.x, $0.y] },
            maxLuminance: display.maxLuminance, minLuminance: display.minLuminance)
    }
}
