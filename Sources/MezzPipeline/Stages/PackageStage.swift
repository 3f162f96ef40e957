import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzWorkflow

/// Writes the package's media and manifests.
struct PackageStage: Stage {
    static let kind = "package"
    static let revision = 4
    static let tools: [Tool] = [.packager]

    struct Track: Codable, Sendable {
        enum Kind: String, Codable, Sendable {
            case video
            case audio
            case text
        }

        let id: String
        let kind: Kind
        /// Number of the input that holds the track.
        let input: Int
        var language: String?
        var isDefault = false
        /// What a player's menu shows.
        var name = ""
        var channels: Int?
        var group: String?
        var purpose = TrackPurpose.main
        /// A brand beside the codec: see `PackageTrack.supplement`.
        var supplement: String?
        /// Which key encrypts it, in a protected package; `nil` for text.
        let keyLabel: KeyLabel?
    }

    struct Parameters: Codable, Sendable {
        let tracks: [Track]
        let segmentSeconds: Double
        let segmented: Bool
        /// Pictures for a player's time line, and the number of the input that holds them.
        let tiles: TileGrid
        let tilesInput: Int
    }

    struct Output: Codable, Sendable {
        let segments: [String: [PackagedSegment]]
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        try await Self.package(work.parameters, work)
    }

    /// - Parameter keys: Encrypt with them.
    static func package<Other>(
        _ parameters: Parameters, _ work: Work<Other>, keys: KeyRing? = nil
    ) async throws -> StageResult<Output> {
        var tracks: [PackageTrack] = []
        for (number, track) in parameters.tracks.enumerated() {
            tracks.append(try await staged(track, number, work))
        }
        let sheets = try await Self.sheets(parameters, work)
        let folder = work.folder + "/package"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let listing = try await Packager(runner: work.runner).package(
            tracks, segmentSeconds: parameters.segmentSeconds, layout: parameters.segmented ? .segmented : .onDemand,
            keys: keys, tiles: sheets, into: folder)
        return StageResult(
            output: Output(segments: listing.segments), files: listing.files.map { ($0, folder + "/" + $0) })
    }

    private static func sheets<Other>(_ parameters: Parameters, _ work: Work<Other>) async throws -> TileSheets {
        let input = work.context.inputs[parameters.tilesInput]
        var files: [String] = []
        for sheet in 0..<parameters.tiles.sheets {
            let name = TileGrid.name(sheet)
            try await work.stage(try work.artifact(name, of: input.name), as: name)
            files.append(work.folder + "/" + name)
        }
        return TileSheets(grid: parameters.tiles, files: files)
    }

    private static func staged<Other>(_ track: Track, _ number: Int, _ work: Work<Other>) async throws -> PackageTrack {
        let input = work.context.inputs[track.input]
        let isText = track.kind == .text
        let name = "track-\(number)" + (isText ? ".vtt" : ".mp4")
        let artifact = isText ? ArtifactName.textInput : track.kind == .audio ? ArtifactName.audio : ArtifactName.joined
        try await work.stage(try work.artifact(artifact, of: input.name), as: name)
        var sidecar: String?
        if isText {
            sidecar = "track-\(number)-delivered.vtt"
            try await work.stage(try work.artifact(ArtifactName.text, of: input.name), as: sidecar ?? "")
        }
        let kind: PackageTrack.Kind = isText ? .text : track.kind == .audio ? .audio : .video
        return PackageTrack(
            id: track.id, kind: kind, file: work.folder + "/" + name,
            language: track.language.flatMap(LanguageCode.known), isDefault: track.isDefault, name: track.name,
            channels: track.channels, keyLabel: track.keyLabel, group: track.group, purpose: track.purpose,
            sidecar: sidecar.map { work.folder + "/" + $0 }, supplement: track.supplement)
    }
}
