import MezzAudio
import MezzCore
import MezzEncode
import MezzPackaging
import MezzQC
import MezzWorkflow

/// Writes the tasks that follow when all rungs stand: package, thumbnails, verification.
struct DeliveryTasks {
    let spec: JobSpec
    let plan: TitlePlan
    let gate: GateState
    let shots: [Shot]

    func all() throws -> [TaskRequest] {
        let media =
            gate.rungs.map(\.assemble) + plan.audio.map { TaskName.audio($0.id) }
            + plan.text.map { TaskName.text($0.id) } + [TaskName.tiles]
        let package = PackageStage.Parameters(
            tracks: tracks, segmentSeconds: frameRate.seconds(ofFrame: plan.segments.segmentFrames),
            segmented: spec.segmented, tiles: tiles, tilesInput: media.count - 1)
        let request = try TaskRequest(
            name: TaskName.package, kind: PackageStage.kind, encoding: package, after: media, priority: 6)
        let protection = try spec.protection.map { try protectionTasks($0, package, after: media) } ?? []
        return [request, try thumbnails(), try tileTask()] + (try verifications()) + protection
    }

    private func protectionTasks(
        _ protection: Protection, _ package: PackageStage.Parameters, after media: [String]
    ) throws -> [TaskRequest] {
        let request = try TaskRequest(
            name: TaskName.protect, kind: ProtectStage.kind,
            encoding: ProtectStage.Parameters(package: package, protection: protection), after: media, priority: 6)
        let encrypted = package.tracks.filter { $0.keyLabel != nil }
        let labels: [(track: String?, label: KeyLabel?)] = encrypted.map { ($0.id, $0.keyLabel) } + [(nil, nil)]
        let keyIDs = Set(encrypted.compactMap { $0.keyLabel.flatMap { protection.keyIDs[$0] } })
        return try [request]
            + labels.map { track, label in
                try TaskRequest(
                    name: TaskName.verifyProtection(track ?? "manifests"), kind: VerifyProtectionStage.kind,
                    encoding: VerifyProtectionStage.Parameters(
                        track: track, label: label, keyIDs: keyIDs, protection: protection, expectation: expectation),
                    after: [TaskName.package, TaskName.protect], priority: 7)
            }
    }

    private var frameRate: Rational { plan.codecs[0].base.frameRate }

    /// CTA-5003's brand of CMAF for HEVC with SMPTE ST 2094-40.
    private static let hdr10Plus = "cdm4"

    private var tracks: [PackageStage.Track] {
        let video = gate.rungs.enumerated().map { number, rung in
            PackageStage.Track(
                id: rung.planned.id, kind: .video, input: number,
                supplement: plan.carriesHDR10Plus && rung.planned.recipe.takesHDR10Plus ? Self.hdr10Plus : nil,
                keyLabel: KeyLabel(rung.planned.recipe.resolution))
        }
        let main = plan.audio.first(where: \.isDefault)?.language
        let audio = plan.audio.enumerated().map { number, track in
            PackageStage.Track(
                id: track.id, kind: .audio, input: video.count + number, language: track.language,
                isDefault: track.isDefault, name: track.name,
                channels: track.recipe.fitting(channels: track.source.channels).layout.channels, group: track.group,
                purpose: TrackPurpose(track.role, isDub: LanguageCode.differ(track.language, main)), keyLabel: .audio)
        }
        let text = plan.text.enumerated().map { number, track in
            PackageStage.Track(
                id: track.id, kind: .text, input: video.count + audio.count + number, language: track.wish.language,
                isDefault: track.wish.isDefault, name: track.name, purpose: TrackPurpose(track.wish.kind),
                keyLabel: nil)
        }
        return video + audio + text
    }

    private var expectation: PackageExpectation {
        let seconds = frameRate.seconds(ofFrame: plan.frames)
        return PackageExpectation(
            rungs: gate.rungs.map(\.planned).map { rung in
                PackageExpectation.Rung(
                    id: rung.id, codec: rung.recipe.codec, width: rung.recipe.resolution.width,
                    height: rung.recipe.resolution.height, frames: plan.frames, frameRate: frameRate,
                    keyFrames: plan.segments.keyFrames.count, bucketRate: rung.recipe.maximumBps,
                    bucketBits: rung.recipe.bufferBits)
            }, audio: plan.audio.map { PackageExpectation.Audio(id: $0.id, seconds: seconds) },
            text: plan.text.map { PackageExpectation.Text(id: $0.id) }, videoSeconds: seconds,
            segmentSeconds: frameRate.seconds(ofFrame: plan.segments.segmentFrames),
            keyFrames: plan.segments.keyFrames)
    }

    /// The cheapest rung to decode.
    private var smallest: GateRung? {
        gate.rungs.min {
            ($0.planned.recipe.resolution.pixels, $0.planned.id) < ($1.planned.recipe.resolution.pixels, $1.planned.id)
        }
    }

    private var tiles: TileGrid {
        TileGrid(
            frames: plan.frames, frameRate: frameRate,
            picture: smallest?.planned.recipe.resolution ?? Resolution(width: 16, height: 9))
    }

    private func tileTask() throws -> TaskRequest {
        try TaskRequest(
            name: TaskName.tiles, kind: TileStage.kind, encoding: tiles, after: smallest.map { [$0.assemble] } ?? [],
            priority: 6)
    }

    private func thumbnails() throws -> TaskRequest {
        try TaskRequest(
            name: TaskName.thumbnails, kind: ThumbnailStage.kind, encoding: ThumbnailStage.Parameters(shots: shots),
            after: smallest.map { [$0.assemble] } ?? [])
    }

    private func verifications() throws -> [TaskRequest] {
        let names = gate.rungs.map(\.planned.id) + plan.audio.map(\.id) + plan.text.map(\.id)
        return try (names.map(Optional.init) + [nil]).map { track in
            try TaskRequest(
                name: TaskName.verify(track ?? "manifests"), kind: VerifyStage.kind,
                encoding: VerifyStage.Parameters(track: track, expectation: expectation),
                after: [TaskName.package], priority: 7)
        }
    }
}
