import Foundation
import MezzCore
import MezzMedia
import MezzQC
import MezzWorkflow

/// Checks the finished package: one track by a full decode, or the manifests and the tracks against each other.
struct VerifyStage: Stage {
    static let kind = "verify"
    static let revision = 5
    static let tools: [Tool] = [.ffmpeg]

    struct Parameters: Codable, Sendable {
        /// The track to check; `nil` checks the manifests.
        let track: String?
        let expectation: PackageExpectation
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<[Finding]> {
        let folder = work.folder + "/package"
        try await work.stagePackage(of: TaskName.package, in: folder)
        let verifier = PackageVerifier(runner: work.runner)
        let expectation = work.parameters.expectation
        if let rung = expectation.rungs.first(where: { $0.id == work.parameters.track }) {
            return StageResult(
                output: try await verifier.verifyTrack(rung, in: folder, keyFrames: expectation.keyFrames))
        }
        if let audio = expectation.audio.first(where: { $0.id == work.parameters.track }) {
            return StageResult(output: try await verifier.verifyTrack(audio, in: folder))
        }
        if let text = expectation.text.first(where: { $0.id == work.parameters.track }) {
            return StageResult(
                output: verifier.verifyTrack(text, in: folder) + DeliveredText.findings(text.reference, in: folder))
        }
        return StageResult(output: try await verifier.verifyManifests(folder, expecting: expectation))
    }
}
