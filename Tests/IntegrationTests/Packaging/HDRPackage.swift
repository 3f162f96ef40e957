import Foundation
import MezzCore
import MezzFormats
import MezzMedia
import MezzPackaging
import MezzQC
import MezzTestKit

/// A package of HDR10 in HEVC and AV1 and of SDR in AVC, of four seconds.
struct HDRPackage {
    let temporary: TemporaryFolder
    let media: PackagingMedia
    let folder: String
    let tracks: [PackageTrack]

    static func make(_ layout: SegmentLayout) async throws -> HDRPackage {
        let temporary = try TemporaryFolder()
        let runner = try await PackagingTools.runner()
        let media = PackagingMedia(runner: runner, folder: try temporary.folder("media"))
        let tracks = [
            try await media.hdr("hevc", hevc), try await media.hdr("av1", av1), try await media.video("avc", .avc),
        ]
        let folder = try temporary.folder("out")
        _ = try await Packager(runner: runner).package(tracks, segmentSeconds: 1, layout: layout, into: folder)
        return HDRPackage(temporary: temporary, media: media, folder: folder, tracks: tracks)
    }

    func findings() async throws -> [Finding] {
        let expectation = PackageExpectation(
            rungs: [media.rung("hevc", .hevc), media.rung("av1", .av1), media.rung("avc", .avc)], audio: [],
            videoSeconds: media.seconds)
        return try await PackageVerifier(runner: media.runner).verify(folder, expecting: expectation)
    }

    /// What ffprobe reads of a track's container, by kind.
    func sideData(_ id: String) async throws -> [String: JSONValue] {
        let file = folder + "/video/" + id
        let isWhole = FileManager.default.fileExists(atPath: file + ".mp4")
        let path = isWhole ? file + ".mp4" : temporary.path + "/\(id)-joined.mp4"
        if !isWhole {
            let parts = ["init.mp4", "00001.m4s"].map { URL(fileURLWithPath: file + "/" + $0) }
            try parts.map { try Data(contentsOf: $0) }.reduce(Data(), +).write(to: URL(fileURLWithPath: path))
        }
        let arguments = ["-v", "error", "-of", "json", "-show_streams"] + FFmpegCommand.input(path)
        let text = try await media.runner.collect(ToolCommand(.ffprobe, arguments, subject: id), limit: 1 << 20)
        let list = try JSONValue(text)["streams"][0]["side_data_list"].items
        return Dictionary(
            list.map { ($0["side_data_type"].string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same tracks as the packager leaves them.
    func packagedAlone() async throws -> String {
        let folder = try temporary.folder("alone")
        let descriptors = tracks.map { "in=\($0.file),stream=video,output=\($0.id).mp4" }
        let more = ["--segment_duration", "1", "--fragment_duration", "1", "--mpd_output", "x.mpd", "--quiet"]
        try await media.runner.run(
            ToolCommand(.packager, descriptors + more, workingDirectory: folder, subject: "package"))
        return folder
    }

    /// Frames that come out of a decode.
    func pictures(_ path: String) async throws -> Int {
        let arguments = FFmpegCommand.preamble + FFmpegCommand.input(path) + ["-f", "framecrc", "-"]
        let data = try await media.runner.collect(ToolCommand(.ffmpeg, arguments, subject: path), limit: 1 << 20)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").count { !$0.hasPrefix("#") }
    }

    private static let hevc = [
        "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
        "keyint=30:min-keyint=30:scenecut=0:open-gop=0:log-level=none:repeat-headers=1:info=0:pools=1:frame-threads=1"
            + ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400",
    ]
    private static let av1 = [
        "-c:v", "libsvtav1", "-preset", "11", "-svtav1-params",
        "keyint=30:irefresh-type=2:scd=0:lp=1:content-light=1000,400:mastering-display="
            + "G(0.265,0.69)B(0.15,0.06)R(0.68,0.32)WP(0.3127,0.329)L(1000,0.0001)",
    ]
}

extension PackagingMedia {
    /// PQ on BT.2020 primaries.
    fileprivate func hdr(_ id: String, _ encoder: [String]) async throws -> PackageTrack {
        let path = folder + "/" + id + ".mp4"
        let colors = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
        try await ffmpeg(
            ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=30000/1001", "-frames:v", String(frames)]
                + ["-vf", colors + ",format=yuv420p10le"] + encoder + FFmpegCommand.reproducible
                + ["-video_track_timescale", "30000", "-movie_timescale", "30000", "file:" + path])
        return PackageTrack(id: id, kind: .video, file: path)
    }
}
