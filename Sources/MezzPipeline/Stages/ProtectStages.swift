import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzQC
import MezzWorkflow

/// Packages the same tracks once more, encrypted. What is in the clear stays in the store and is what all other checks
/// are made on.
struct ProtectStage: Stage {
    static let kind = "protect"
    static let revision = 3
    static let tools: [Tool] = [.packager]

    struct Parameters: Codable, Sendable {
        let package: PackageStage.Parameters
        let protection: Protection
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<PackageStage.Output> {
        let keys = try work.keys(for: work.parameters.protection)
        return try await PackageStage.package(work.parameters.package, work, keys: keys)
    }
}

/// Proves of one track that it is encrypted as asked, and that decrypted it is the one that was checked in the clear; or
/// of the manifests that they hold together.
struct VerifyProtectionStage: Stage {
    static let kind = "verify-protection"
    static let revision = 3
    static let tools: [Tool] = [.packager]

    struct Parameters: Codable, Sendable {
        /// `nil` checks the manifests.
        let track: String?
        let label: KeyLabel?
        /// Of all tracks, in hex.
        let keyIDs: Set<String>
        let protection: Protection
        let expectation: PackageExpectation
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<[Finding]> {
        let parameters = work.parameters
        let folder = work.folder + "/protected"
        try await work.stagePackage(of: TaskName.protect, in: folder)
        let clear = work.folder + "/clear"
        let proof = ProtectionProof(
            runner: work.runner, clear: clear, protected: folder, protection: parameters.protection,
            expectation: parameters.expectation)
        guard let label = parameters.label,
            let reference = parameters.expectation.references.first(where: { $0.id == parameters.track })
        else { return StageResult(output: try await proof.manifests(keyIDs: parameters.keyIDs)) }
        try await work.stagePackage(of: TaskName.package, in: clear)
        return StageResult(
            output: try await proof.track(
                reference, label: label, key: try work.keys(for: parameters.protection).key(label, for: reference.id),
                work: work.folder))
    }
}

extension Work {
    /// The keys that this process was given for a job.
    /// - Throws: `Failure` (`unavailable`) when they are not here.
    func keys(for protection: Protection) throws(Failure) -> KeyRing {
        if let ring = environment.keys.first(where: { $0.protection == protection }) { return ring }
        throw Failure(
            .unavailable, what: "the keys of this title are not on this machine", place: context.request.name,
            remedy: "give them with --drm: keys are kept in no database and no store")
    }

    /// Lays a package out as it will be published. Hard links: the checks refuse symbolic ones, rightly.
    func stagePackage(of task: String, in folder: String) async throws {
        for artifact in try input(task).artifacts {
            let path = folder + "/" + artifact.name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try await PackagedFile.place(artifact, at: path, from: environment.store)
        }
    }
}
