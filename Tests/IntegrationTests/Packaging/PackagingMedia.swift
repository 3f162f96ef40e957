import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzQC

/// Generated tracks of a small title: 29.97 frames per second, a key frame every `keyInterval` frames.
struct PackagingMedia {
    let runner: ToolRunner
    let folder: String
    var frames = 120
    var keyInterval = 30

    static let rate = 30_000.0 / 1001
    var seconds: Double { Double(frames) / Self.rate }

    func video(
        _ id: String, _ codec: CodecFamily, _ width: Int = 160, _ height: Int = 90, frames: Int? = nil,
        keyInterval: Int? = nil, file: String? = nil
    ) async throws -> PackageTrack {
        let path = folder + "/" + (file ?? id + ".mp4")
        try await ffmpeg(
            [
                "-f", "lavfi", "-i", "testsrc2=s=\(width)x\(height):r=30000/1001", "-frames:v",
                String(frames ?? self.frames),
            ]
                + ["-pix_fmt", "yuv420p"] + encoder(codec, keyInterval ?? self.keyInterval)
                + FFmpegCommand.reproducible
                + ["-video_track_timescale", "30000", "-movie_timescale", "30000", "file:" + path])
        return PackageTrack(id: id, kind: .video, file: path)
    }

    func audio(
        _ id: String, codec: [String] = ["-c:a", "aac"], seconds: Double? = nil, language: String? = "en",
        isDefault: Bool = true, name: String = "Main", hertz: Int = 440
    ) async throws -> PackageTrack {
        let path = folder + "/" + id + ".mp4"
        try await ffmpeg(
            ["-f", "lavfi", "-i", "sine=f=\(hertz):r=48000", "-t", String(seconds ?? self.seconds), "-ac", "2"] + codec
                + FFmpegCommand.reproducible + ["-movie_timescale", "48000", "file:" + path])
        return PackageTrack(
            id: id, kind: .audio, file: path, language: language, isDefault: isDefault, name: name, channels: 2)
    }

    private func encoder(_ codec: CodecFamily, _ interval: Int) -> [String] {
        let keys = "keyint=\(interval):min-keyint=\(interval):scenecut=0:open-gop=0"
        switch codec {
        case .avc:
            return ["-c:v", "libx264", "-preset", "ultrafast", "-x264-params", keys + ":bframes=3:threads=1:level=3.0"]
        case .hevc:
            return [
                "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
                keys + ":log-level=none:repeat-headers=1:pools=1:frame-threads=1",
            ]
        case .av1:
            return [
                "-c:v", "libsvtav1", "-preset", "11", "-svtav1-params", "keyint=\(interval):irefresh-type=2:scd=0:lp=1",
            ]
        }
    }

    func ffmpeg(_ arguments: [String]) async throws {
        try await runner.run(ToolCommand(.ffmpeg, FFmpegCommand.preamble + arguments, subject: "test media"))
    }
}

/// A good package to look at or to damage.
struct TestPackage {
    let temporary: TemporaryFolder
    let media: PackagingMedia
    let folder: String
    let tracks: [PackageTrack]
    let expectation: PackageExpectation
    let listing: PackageListing

    /// Two AVC rungs and sound; one-second segments.
    static func make(_ layout: SegmentLayout, segmentSeconds: Double = 1) async throws -> TestPackage {
        let temporary = try TemporaryFolder()
        let runner = try await PackagingTools.runner()
        let media = PackagingMedia(runner: runner, folder: try temporary.folder("media"))
        let tracks = [
            try await media.video("avc-90p", .avc), try await media.video("avc-72p", .avc, 128, 72),
            try await media.audio("main"),
        ]
        let folder = try temporary.folder("out")
        let listing = try await Packager(runner: runner).package(
            tracks, segmentSeconds: segmentSeconds, layout: layout, into: folder)
        let expectation = PackageExpectation(
            rungs: [
                media.rung("avc-90p", .avc), media.rung("avc-72p", .avc, 128, 72),
            ], audio: [.init(id: "main", seconds: media.seconds)], videoSeconds: media.seconds)
        return TestPackage(
            temporary: temporary, media: media, folder: folder, tracks: tracks, expectation: expectation,
            listing: listing)
    }

    func findings() async throws -> [Finding] {
        try await PackageVerifier(runner: media.runner).verify(folder, expecting: expectation)
    }
}

extension PackagingMedia {
    func rung(
        _ id: String, _ codec: CodecFamily, _ width: Int = 160, _ height: Int = 90
    ) -> PackageExpectation.Rung {
        PackageExpectation.Rung(
            id: id, codec: codec, width: width, height: height, frames: frames,
            frameRate: Rational(30_000, 1001) ?? Rational(30), keyFrames: frames / keyInterval)
    }
}
