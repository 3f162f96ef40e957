import Foundation
import MezzCore
import MezzFormats
package import MezzMedia

/// Turns joined tracks into a package: CMAF files, a DASH manifest and HLS playlists, written by Shaka Packager,
/// mended and checked. The same tracks give the same bytes.
package struct Packager: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    private static let workFolder = "work"

    /// Packages `tracks` into `folder`, which is empty and belongs to the caller; after an error it may hold anything.
    /// - Parameter segmentSeconds: A segment begins at the first key frame in each span of this length.
    /// - Parameter keys: Encrypt with them.
    /// - Parameter tiles: Pictures for a player's time line.
    /// - Throws: `Failure`, also when rungs are not aligned: it names the rung and the segment.
    package func package(
        _ tracks: [PackageTrack], segmentSeconds: Double, layout: SegmentLayout, keys: KeyRing? = nil,
        tiles: TileSheets? = nil, into folder: String
    ) async throws -> PackageListing {
        try PackageNames.check(tracks)
        guard segmentSeconds > 0, segmentSeconds.isFinite else {
            throw Failure(
                .failed, what: "a segment length that is no length", place: String(segmentSeconds),
                remedy: "use a number of seconds above 0")
        }
        let arguments = PackagerArguments(
            tracks: tracks, segmentSeconds: segmentSeconds, layout: layout, audioCodecs: try audioCodecs(of: tracks),
            workFolder: Self.workFolder, isProtected: keys != nil)
        let secrets = try keys.map { ring in
            try PackagerKeys(
                ring: ring, labels: tracks.map(\.keyLabel),
                contents: tracks.map { $0.keyLabel == nil ? nil : try ContentHash.ofFile($0.file) }
            ).encryption(tracks)
        }
        try link(tracks, arguments, in: folder)
        try await runner.run(
            ToolCommand(
                .packager, arguments.all, workingDirectory: folder, subject: "package of \(tracks.count) tracks",
                input: secrets))
        try FileManager.default.removeItem(atPath: folder + "/" + Self.workFolder)
        if let tiles { try place(tiles, in: folder) }
        return try finish(tracks, arguments, keys?.protection, tiles, in: folder)
    }

    private func audioCodecs(of tracks: [PackageTrack]) throws -> [String: FourCC] {
        var codecs: [String: FourCC] = [:]
        for track in tracks where track.kind == .audio {
            do {
                let movie = try MP4File.read(try FileBytes(track.file, followsLinks: true)).movie
                codecs[track.id] = movie?.tracks.first { $0.handler == "soun" }?.codec
            } catch {
                throw Failure(
                    .failed, what: "the audio track cannot be read: \(error)", place: track.file.printable,
                    remedy: "encode the track again")
            }
        }
        return codecs
    }

    /// Links the inputs under names of ours, whatever theirs are.
    private func link(_ tracks: [PackageTrack], _ arguments: PackagerArguments, in folder: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder + "/" + Self.workFolder, withIntermediateDirectories: true)
        for (index, track) in tracks.enumerated() {
            try manager.createSymbolicLink(
                atPath: folder + "/" + arguments.input(index), withDestinationPath: track.file)
        }
    }

    /// Puts the sheets and their playlist where the manifests will name them.
    private func place(_ tiles: TileSheets, in folder: String) throws {
        let manager = FileManager.default
        let own = folder + "/" + TileManifests.folder
        try manager.createDirectory(atPath: own, withIntermediateDirectories: true)
        for (number, file) in tiles.files.enumerated() {
            try manager.copyItem(atPath: file, toPath: own + "/" + TileGrid.name(number))
        }
        try Data(try TileManifests(tiles).images.utf8).write(
            to: URL(fileURLWithPath: folder + "/" + TileManifests.playlist))
    }

    private func finish(
        _ tracks: [PackageTrack], _ arguments: PackagerArguments, _ protection: Protection?, _ tiles: TileSheets?,
        in folder: String
    ) throws -> PackageListing {
        let layout = arguments.layout
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for file in files where file.hasSuffix(".mp4") { try DateEraser.erase(folder + "/" + file) }
        for track in tracks where track.kind == .video { try HDRBoxes.write(track, layout: layout, in: folder) }
        var segments: [TrackSegments] = []
        for track in tracks where track.kind != .text {
            let own = PackageNames(track).stem + "/"
            let count = files.count { $0.hasPrefix(own) && $0.hasSuffix(".m4s") }
            var read = try TrackSegments.read(track, layout: layout, count: count, in: folder)
            read.group = track.kind == .audio ? arguments.group(track) : nil
            segments.append(read)
        }
        try SegmentAlignment.check(segments.filter { $0.track.kind == .video })
        let seconds = segments.first { $0.track.kind == .video }?.packaged.map(\.durationSeconds).reduce(0, +) ?? 0
        for track in tracks where track.kind == .text { try deliver(track, seconds: seconds, in: folder) }
        let texts = tracks.filter { $0.kind == .text }.map { PackageNames($0).sidecar }
        let listing = PackageListing(
            files: (files + texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
            segments: Dictionary(uniqueKeysWithValues: segments.map { ($0.track.id, $0.packaged) }))
        let images = try tiles.map { try TileManifests($0) }
        try rewrite(folder + "/" + listing.manifest) {
            let labelled = TrackLabel.mend(DashMender.mend($0, layout: layout), tracks)
            let mended = ProtectionMender.dash(labelled, protection)
            return images?.dash(mended) ?? mended
        }
        try rewrite(folder + "/" + listing.master) {
            let mended = HLSMender.mend($0, tracks: tracks, rates: BandwidthMender(segments: segments))
            return images?.master(mended) ?? mended
        }
        if let protection {
            for playlist in files where playlist.hasSuffix(".m3u8") {
                try rewrite(folder + "/" + playlist) { ProtectionMender.hls($0, protection) }
            }
        }
        let master = try FileBytes.contents(of: folder + "/" + listing.master, limit: 32 << 20)
        try MasterCheck.check(master, tracks: tracks)
        return listing
    }

    /// The text itself and its playlist: the packager's own have lost what it does not know of.
    private func deliver(_ track: PackageTrack, seconds: Double, in folder: String) throws {
        guard let sidecar = track.sidecar else { return }
        let names = PackageNames(track)
        try Data(contentsOf: URL(fileURLWithPath: sidecar)).write(
            to: URL(fileURLWithPath: folder + "/" + names.sidecar))
        let playlist = HLSTextPlaylist.of((names.sidecar as NSString).lastPathComponent, seconds: seconds)
        try Data(playlist.utf8).write(to: URL(fileURLWithPath: folder + "/" + names.playlist))
    }

    private func rewrite(_ path: String, _ change: (String) -> String) throws {
        let url = URL(fileURLWithPath: path)
        try Data(change(String(decoding: try Data(contentsOf: url), as: UTF8.self)).utf8).write(to: url)
    }
}
