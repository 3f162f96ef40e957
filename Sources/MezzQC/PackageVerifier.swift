package import MezzCore
import MezzFormats
package import MezzMedia

/// Checks a finished package against what was asked. Nothing in the package is trusted.
package struct PackageVerifier: Sendable {
    private let runner: ToolRunner
    private let threads: Int

    /// - Parameter threads: Threads of each decoder.
    package init(runner: ToolRunner, threads: Int = 1) {
        self.runner = runner
        self.threads = threads
    }

    /// All checks, one after the other.
    package func verify(_ folder: String, expecting expectation: PackageExpectation) async throws -> [Finding] {
        var findings = try await verifyManifests(folder, expecting: expectation)
        for rung in expectation.rungs {
            findings += try await verifyTrack(rung, in: folder, keyFrames: expectation.keyFrames)
        }
        for audio in expectation.audio { findings += try await verifyTrack(audio, in: folder) }
        for text in expectation.text { findings += verifyTrack(text, in: folder) }
        return findings
    }

    /// The checks of one rung alone: what its headers say, and a full decode.
    /// - Parameter keyFrames: Frames at which a closed group of pictures begins; `nil` when it does not matter.
    package func verifyTrack(
        _ rung: PackageExpectation.Rung, in folder: String, keyFrames: [Int]? = nil
    ) async throws -> [Finding] {
        let (track, problems) = PackagedTrack.read(rung.reference, in: folder)
        guard let track else { return problems }
        let outside =
            problems + CodecCheck.findings(track, rung) + FrameCountCheck.findings(track, rung)
            + IndexCheck.findings(track) + TimingCheck.findings(track, frameRate: rung.frameRate)
        guard !track.isEncrypted else { return outside + [Self.encrypted(rung.id)] }
        let findings =
            outside
            + StreamCheck.findings(track, in: folder, expecting: rung.stream(keyFrames: keyFrames))
        return findings
            + (try await decoder(folder).findings(track, frames: rung.frames, seconds: rung.seconds))
    }

    /// The checks of one audio track alone, a full decode among them.
    package func verifyTrack(_ audio: PackageExpectation.Audio, in folder: String) async throws -> [Finding] {
        let (track, problems) = PackagedTrack.read(audio.reference, in: folder)
        guard let track else { return problems }
        let findings = problems + IndexCheck.findings(track) + TimingCheck.findings(track, frameRate: nil)
        guard !track.isEncrypted else { return findings + [Self.encrypted(audio.id)] }
        return findings + (try await decoder(folder).findings(track, frames: nil, seconds: audio.seconds))
    }

    /// The checks of one text track alone: what its headers say.
    package func verifyTrack(_ text: PackageExpectation.Text, in folder: String) -> [Finding] {
        let (track, problems) = PackagedTrack.read(text.reference, in: folder)
        guard let track else { return problems }
        let isText = track.movie.codec == "wvtt" || track.movie.codec == "stpp"
        return problems + IndexCheck.findings(track) + TimingCheck.findings(track, frameRate: nil)
            + (isText
                ? []
                : [
                    PackageRule.trackCodec.finding(
                        "the text is \(track.movie.codec), not wvtt or stpp", stream: text.id)
                ])
    }

    /// The checks of the manifests and of the tracks against each other; reads through every manifest.
    /// Encrypted tracks are not read through: a player would ask for keys.
    package func verifyManifests(
        _ folder: String, expecting expectation: PackageExpectation
    ) async throws -> [Finding] {
        let manifests = PackageManifests(folder)
        // What cannot be read of a track is said by its own checks.
        let tracks = expectation.references.compactMap { PackagedTrack.read($0, in: folder).track }
        var resources = manifests.presentation.map { DashRepresentation.all($0).flatMap(\.resources) } ?? []
        for (path, playlist) in manifests.playlists.sorted(by: { $0.key < $1.key }) {
            resources += playlist.resources(at: path)
        }
        var findings =
            manifests.findings + LinkCheck.findings(in: folder) + ReferenceCheck.findings(resources, in: folder)
        if let presentation = manifests.presentation {
            findings += DashCheck.findings(presentation, tracks, expectation)
        }
        findings += HLSCheck(manifests: manifests, tracks: tracks, expectation: expectation).findings()
        findings += RateCheck(manifests: manifests, tracks: tracks).findings()
        findings += IFrameCheck.findings(tracks, manifests, in: folder)
        findings += StreamCheck.codecs(tracks, manifests, in: folder)
        findings += AlignmentCheck.findings(tracks) + SyncCheck.findings(tracks, expectation)
        // FFmpeg must not be led outside by a manifest.
        let isUnsafe = findings.contains { $0.code == PackageRule.manifestEscape.rawValue }
        guard !isUnsafe, !tracks.contains(where: \.isEncrypted) else { return findings }
        return findings + (try await playback(manifests, tracks, expectation, folder))
    }

    /// What an encrypted track shows is seen by whoever has its keys: when it was packaged it was decrypted and compared.
    private static func encrypted(_ stream: String) -> Finding {
        Finding(
            "package.encrypted", .info, "the track is encrypted: its samples are not looked into",
            place: Finding.Place(stream: stream), remedy: "nothing, where protection is meant")
    }

    private func decoder(_ folder: String) -> DecodeCheck {
        DecodeCheck(runner: runner, threads: threads, folder: folder)
    }

    private func playback(
        _ manifests: PackageManifests, _ tracks: [PackagedTrack], _ expectation: PackageExpectation, _ folder: String
    ) async throws -> [Finding] {
        let check = PlaybackCheck(runner: runner, folder: folder)
        func packets(_ reference: TrackReference) -> Int? {
            expectation.rungs.first { $0.reference == reference }?.frames
                ?? tracks.first { $0.reference == reference }?.samples
        }
        var findings: [Finding] = []
        // FFmpeg waits for more of a stream that does not say that it is complete.
        if let presentation = manifests.presentation, presentation.type != "dynamic" {
            // FFmpeg numbers the pictures first, then the sound, each in the manifest's order.
            let representations = DashRepresentation.all(presentation).filter(\.isTrack)
            let ordered = [TrackReference.Kind.video, .audio].flatMap { kind in
                representations.compactMap { one in
                    expectation.references.first { $0.kind == kind && one.belongs(to: $0) }
                }
            }
            let expected = ordered.compactMap { reference in packets(reference).map { (reference.id, $0) } }
            if expected.count + expectation.text.count == representations.count {
                findings += try await check.presentation(expected: expected)
            }
        }
        for reference in expectation.references
        where reference.kind != .text && manifests.playlists[reference.playlist]?.isComplete == true {
            guard let packets = packets(reference) else { continue }
            findings += try await check.findings(reference.playlist, expected: [(reference.id, packets)])
        }
        return findings
    }
}
