import Foundation
package import MezzCore
import MezzFormats
package import MezzMedia

/// Looks a finished package, or a single file, over again: nothing but what is on the disk is believed.
package struct PackageAudit: Sendable {
    /// What was found.
    package struct Result: Codable, Hashable, Sendable {
        package let passed: Bool
        package let findings: [Finding]
        /// The video streams, in the order of their names.
        package let streams: [StreamSummary]

        init(findings: [Finding], streams: [StreamSummary]) {
            passed = !findings.contains { $0.severity == .error }
            self.findings = findings.sorted { $0.severity > $1.severity }
            self.streams = streams
        }

        /// With what was found elsewhere.
        package func adding(_ more: [Finding]) -> Result { Result(findings: findings + more, streams: streams) }
    }

    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// A package: manifests, tracks, streams, each track decoded once.
    /// - Parameter expectation: What it must turn out to be.
    package func package(_ folder: String, expecting expectation: PackageExpectation) async throws -> Result {
        let findings = try await PackageVerifier(runner: runner).verify(folder, expecting: expectation)
        let streams = expectation.rungs.compactMap { rung -> StreamSummary? in
            guard let track = PackagedTrack.read(rung.reference, in: folder).track,
                let parts = try? track.parts(in: folder).parts,
                let stream = try? StreamScanner.scan(rung.id, track: track.movie, parts: parts)
            else { return nil }
            return StreamSummary(stream)
        }
        return Result(findings: findings, streams: streams)
    }

    /// The headers of one MP4 file's video track.
    /// - Throws: `Failure` with `input` when it holds none that can be checked.
    package func file(_ path: String) throws(Failure) -> Result {
        do {
            let name = (path as NSString).lastPathComponent
            let (stream, findings) = try StreamAnalyzer.analyze(try FileBytes(path, followsLinks: true), name: name)
            return Result(findings: findings, streams: [StreamSummary(stream)].compactMap(\.self))
        } catch {
            throw Failure(
                .input, what: "the file cannot be analysed: \(error)".printable, place: path.printable,
                remedy: "name an MP4 file with AVC, HEVC or AV1 video, or the folder of a package")
        }
    }
}
