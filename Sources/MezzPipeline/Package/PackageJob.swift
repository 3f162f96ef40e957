import Foundation
package import MezzCore
package import MezzMedia
import MezzPackaging
import MezzQC

/// Packages finished encodes: nothing is encoded again, everything is checked as `mezz encode` checks its own.
package struct PackageJob: Sendable {
    private let wish: PackageWish
    private let folder: StateFolder
    private let tools: ToolSet
    /// Told what is being done.
    private let note: @Sendable (String) -> Void

    package init(
        wish: PackageWish, folder: StateFolder, tools: ToolSet, note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.wish = wish
        self.folder = folder
        self.tools = tools
        self.note = note
    }

    /// Makes the package, checks it and puts it into the folder.
    /// - Throws: `Failure`: `input` for files that cannot be packaged as they are; `CancellationError`.
    package func run() async throws -> Report {
        let (started, meter) = (ContinuousClock.now, UsageMeter())
        let runner = ToolRunner(tools: tools, meter: meter)
        let work = folder.scratch
        note("looking into \(wish.inputs.count) files")
        var streams: [EncodedStream] = []
        for input in wish.inputs { streams += try await EncodedStreamList(runner: runner).read(input) }
        let maker = EncodedTrackMaker(runner: runner, folder: work, segmentSeconds: wish.segmentSeconds)
        var tracks = try await maker.make(streams)
        let texts = try await texts(runner, seconds: tracks.expectation.videoSeconds)
        tracks = tracks.adding(texts.map { ($0.plan, $0.result.files) })
        try checkKeys(tracks)
        note("packaging \(tracks.tracks.count) tracks")
        let tiles = try await tiles(tracks, runner)
        let clear = try empty(work + "/clear")
        var listing = try await Packager(runner: runner).package(
            tracks.tracks, segmentSeconds: wish.segmentSeconds, layout: wish.layout, tiles: tiles, into: clear)
        note("checking the package")
        let audit = try await PackageAudit(runner: runner).package(clear, expecting: tracks.expectation)
        var findings = audit.findings + texts.flatMap(\.result.findings)
        for text in tracks.expectation.text { findings += DeliveredText.findings(text.reference, in: clear) }
        var delivered = clear
        if let keys = wish.keys {
            note("encrypting")
            delivered = try empty(work + "/protected")
            listing = try await Packager(runner: runner).package(
                tracks.tracks, segmentSeconds: wish.segmentSeconds, layout: wish.layout, keys: keys, tiles: tiles,
                into: delivered)
            findings += try await proof(keys, tracks, clear: clear, protected: delivered, runner)
        }
        let report = try PackageReport(
            tracks: tracks, texts: texts.map { ($0.plan, $0.result) }, segments: listing.segments,
            streams: audit.streams,
            findings: findings, input: wish.inputs[0].path,
            bytes: try listing.files.reduce(0) { try $0 + Self.bytes(delivered + "/" + $1) },
            seconds: (started.duration(to: .now) / .seconds(1), meter.cpuSeconds),
            protection: wish.keys?.protection
        ).report
        try publish(delivered, report)
        return report
    }

    private func texts(
        _ runner: ToolRunner, seconds: Double
    ) async throws -> [(plan: TextTrackPlan, result: TextDelivery.Result)] {
        let delivery = TextDelivery(runner: runner, seconds: seconds)
        var texts: [(plan: TextTrackPlan, result: TextDelivery.Result)] = []
        for (plan, text) in zip(TextTracks.plan(wish.texts.map(\.wish)), wish.texts) {
            let own = try empty(folder.scratch + "/text-\(plan.id)")
            texts.append((plan, try await delivery.deliver(plan, from: text.path, into: own)))
        }
        return texts
    }

    /// Of the smallest rung, the cheapest to decode.
    private func tiles(_ tracks: EncodedTracks, _ runner: ToolRunner) async throws -> TileSheets? {
        guard let rung = tracks.rungs.min(by: { $0.size.pixels < $1.size.pixels }),
            let track = tracks.tracks.first(where: { $0.id == rung.id })
        else { return nil }
        let grid = TileGrid(frames: rung.frames, frameRate: rung.frameRate, picture: rung.size)
        return try await TileMaker(runner: runner).make(grid, of: track.file, in: try empty(folder.scratch + "/tiles"))
    }

    private func checkKeys(_ tracks: EncodedTracks) throws(Failure) {
        guard let keys = wish.keys else { return }
        for track in tracks.tracks {
            if let label = track.keyLabel { _ = try keys.key(label, for: track.id) }
        }
    }

    private func proof(
        _ keys: KeyRing, _ tracks: EncodedTracks, clear: String, protected: String, _ runner: ToolRunner
    ) async throws -> [Finding] {
        let proof = ProtectionProof(
            runner: runner, clear: clear, protected: protected, protection: keys.protection,
            expectation: tracks.expectation)
        let labels = Dictionary(
            uniqueKeysWithValues: tracks.tracks.compactMap { track in track.keyLabel.map { (track.id, $0) } })
        let keyIDs = Set(labels.values.compactMap { keys.protection.keyIDs[$0] })
        var findings = try await proof.manifests(keyIDs: keyIDs)
        for reference in tracks.expectation.references {
            guard let label = labels[reference.id] else { continue }
            findings += try await proof.track(
                reference, label: label, key: try keys.key(label, for: reference.id), work: folder.scratch)
        }
        return findings
    }

    private func publish(_ package: String, _ report: Report) throws {
        let document = PackageDocument(
            mezz: mezzVersion, inputs: wish.inputs.map(\.path), texts: wish.texts.map(\.path),
            segmentSeconds: wish.segmentSeconds, segmented: wish.layout == .segmented,
            protection: wish.keys?.protection, tools: tools.versions)
        let documents: [(name: String, content: Data)] = [
            (JobDocument.name, try document.encoded()), ("report.json", try report.encoded()),
        ]
        try PackagePublisher(folder: folder).publish(folder: package, documents: documents)
    }

    private func empty(_ path: String) throws -> String {
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static func bytes(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue ?? 0
    }
}

/// What was packaged, with what: `job.json` of a package of finished encodes.
private struct PackageDocument: Encodable {
    let mezz: String
    let inputs: [String]
    let texts: [String]
    let segmentSeconds: Double
    let segmented: Bool
    let protection: Protection?
    let tools: [String: String]

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
