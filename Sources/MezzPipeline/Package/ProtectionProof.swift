import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzQC

/// Proves that a package is encrypted as asked, and that decrypted it is the one that was checked in the clear.
struct ProtectionProof {
    let runner: ToolRunner
    /// The package in the clear.
    let clear: String
    let protected: String
    let protection: Protection
    let expectation: PackageExpectation

    /// What the manifests say of keys, beside all that manifests are checked for.
    /// - Parameter keyIDs: Of all tracks, in hex.
    func manifests(keyIDs: Set<String>) async throws -> [Finding] {
        try await PackageVerifier(runner: runner).verifyManifests(protected, expecting: expectation)
            + ProtectedManifestCheck.findings(
                in: protected, expectation.references.filter { $0.kind != .text }, keyIDs: keyIDs,
                namesKeysInHLS: protection.namesKeysInHLS)
    }

    /// One track.
    /// - Parameter work: A folder for the decrypted track, which is removed again.
    func track(
        _ reference: TrackReference, label: KeyLabel, key: @autoclosure () throws -> KeyRing.Key, work: String
    ) async throws -> [Finding] {
        let check = ProtectedTrackCheck(clear: clear, protected: protected)
        let findings = check.signalling(
            reference, scheme: protection.scheme.rawValue, keyID: protection.keyIDs[label] ?? "")
        guard findings.isEmpty else { return findings }
        let name = "decrypted.mp4"
        defer { try? FileManager.default.removeItem(atPath: work + "/" + name) }
        try await Decryptor(runner: runner).decrypt(
            check.files(reference), of: protected, isVideo: reference.kind == .video, with: try key(), to: name,
            in: work)
        return check.samples(reference, decrypted: work + "/" + name)
    }
}
