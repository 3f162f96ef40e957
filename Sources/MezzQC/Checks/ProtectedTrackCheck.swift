package import MezzCore
import MezzFormats

/// One track of a protected package beside the same track in the clear, which was checked before.
package struct ProtectedTrackCheck: Sendable {
    private let clear: String
    private let protected: String

    /// - Parameters:
    ///   - clear: Folder of the package in the clear.
    ///   - protected: Folder of the protected one.
    package init(clear: String, protected: String) {
        self.clear = clear
        self.protected = protected
    }

    /// What the container says of the protection: scheme and key.
    /// - Parameters:
    ///   - scheme: `cenc` or `cbcs`.
    ///   - keyID: In hex.
    package func signalling(_ reference: TrackReference, scheme: String, keyID: String) -> [Finding] {
        let (track, problems) = PackagedTrack.read(reference, in: protected)
        guard let track else { return problems }
        guard let entry = track.movie.entries.first, let protection = entry.protection else {
            return [PackageRule.protection.finding("the track is not encrypted", stream: reference.id)]
        }
        let (stated, key) = (protection.scheme.map { "\($0)" } ?? "none", Self.hex(protection.keyID ?? []))
        guard protection.isProtected, stated == scheme, key == keyID else {
            return [
                PackageRule.protection.finding(
                    "the container says scheme \(stated) and key \(key), not \(scheme) and \(keyID)",
                    stream: reference.id)
            ]
        }
        return problems
    }

    /// Whether the container says that the track is encrypted.
    package func isProtected(_ reference: TrackReference) -> Bool {
        PackagedTrack.read(reference, in: protected).track?.isEncrypted == true
    }

    /// Every sample after decryption is, byte for byte, the sample of the track in the clear.
    /// - Parameter decrypted: An MP4 of the decrypted track.
    package func samples(_ reference: TrackReference, decrypted: String) -> [Finding] {
        let (track, problems) = PackagedTrack.read(reference, in: clear)
        guard let track else { return problems }
        do {
            let source = try FileBytes(decrypted)
            guard let movie = try MP4File.read(source).movie?.tracks.first else {
                throw FormatError(.invalid, "no track", at: 0)
            }
            let found = try TrackSamples.read(source, track: movie.id).samples
            guard try isEncrypted(reference, asIn: track) else {
                return [
                    PackageRule.protection.finding(
                        "no sample of the track is encrypted: all of it lies in the clear lead", stream: reference.id)
                ]
            }
            var number = 0
            for part in try track.parts(in: clear).parts {
                for sample in part.samples {
                    guard number < found.count,
                        try source.bytes(found[number].bytes) == part.source.bytes(sample.bytes)
                    else {
                        return [
                            PackageRule.protection.finding(
                                "after decryption sample \(number) is not the one that was encrypted",
                                stream: reference.id, frame: number)
                        ]
                    }
                    number += 1
                }
            }
            guard number == found.count else {
                return [
                    PackageRule.protection.finding(
                        "after decryption there are \(found.count) samples, not \(number)", stream: reference.id)
                ]
            }
            return []
        } catch {
            return [
                PackageRule.protection.finding(
                    "the track cannot be read after decryption: \(error)".printable, stream: reference.id)
            ]
        }
    }

    /// Whether any sample as it is delivered differs from the one in the clear.
    private func isEncrypted(_ reference: TrackReference, asIn track: PackagedTrack) throws(FormatError) -> Bool {
        guard let delivered = PackagedTrack.read(reference, in: protected).track else { return false }
        let hidden = try delivered.parts(in: protected).parts
        for (own, other) in zip(try track.parts(in: clear).parts, hidden) {
            for (sample, twin) in zip(own.samples, other.samples)
            where try own.source.bytes(sample.bytes) != other.source.bytes(twin.bytes) { return true }
        }
        return false
    }

    /// The files of a track behind each other: what a decryptor reads.
    package func files(_ reference: TrackReference) -> [String] {
        guard let track = PackagedTrack.read(reference, in: protected).track else { return [] }
        return (track.initialization.map { [$0] } ?? []) + track.files.map(\.name)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
