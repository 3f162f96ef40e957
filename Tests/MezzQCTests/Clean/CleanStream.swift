import MezzTestKit
import Testing

/// A good stream that an encoder makes: nothing may be found in it.
struct CleanStream: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Of FFmpeg's generator.
    let size: String
    let rate: String
    let frames: Int
    let options: [String]
    /// Packaged once more by the packager.
    var isPackaged = false

    init(
        _ name: String, _ encoder: String, _ parameters: String = "", size: String = "320x180", rate: String = "25",
        frames: Int = 60, format: String = "yuv420p", _ more: [String] = []
    ) {
        testDescription = name
        self.size = size
        self.rate = rate
        self.frames = frames
        let quiet = ["libx264": "threads=1", "libx265": "log-level=error:pools=1:frame-threads=1"][encoder] ?? "lp=1"
        let key = ["libx264": "-x264-params", "libx265": "-x265-params"][encoder] ?? "-svtav1-params"
        let preset = encoder == "libsvtav1" ? "10" : "veryfast"
        let tag = encoder == "libx265" ? ["-tag:v", "hvc1"] : []
        options =
            ["-pix_fmt", format, "-c:v", encoder, "-preset", preset, key, quiet + parameters] + tag + more
    }

    /// The path of the file.
    func make(_ maker: MediaMaker) async throws -> String {
        try await maker.make(
            "a.mp4", ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=\(rate)", "-frames:v", String(frames)] + options)
    }

    var packaged: CleanStream {
        var copy = self
        copy.isPackaged = true
        return copy
    }

    private static let fragments = ["-movflags", "cmaf+frag_keyframe"]
    private static let closed = ":keyint=24:min-keyint=24:scenecut=0"
    private static let bt709 = colors("bt709", "bt709", "bt709")
    private static let pq = colors("bt2020", "smpte2084", "bt2020nc")
    private static let hlg = colors("bt2020", "arib-std-b67", "bt2020nc")

    /// FFmpeg takes colours from the frames.
    private static func colors(_ primaries: String, _ curve: String, _ matrix: String) -> [String] {
        ["-vf", "setparams=color_primaries=\(primaries):color_trc=\(curve):colorspace=\(matrix)"]
    }

    private static let hdr10 =
        ":hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
    private static let buffer = ":vbv-maxrate=400:vbv-bufsize=800:nal-hrd=vbr"

    static let all = avc + hevc + av1 + packagedOnes

    private static let avc = [
        CleanStream("AVC", "libx264"),
        CleanStream("AVC without B-frames", "libx264", ":bframes=0" + closed),
        CleanStream("AVC with a pyramid of B-frames", "libx264", ":bframes=8:b-pyramid=normal:ref=4" + closed),
        CleanStream("AVC in its own buffer", "libx264", buffer, rate: "50", frames: 150),
        CleanStream("AVC at a constant rate", "libx264", ":bitrate=400:vbv-maxrate=400:vbv-bufsize=400:nal-hrd=cbr"),
        CleanStream("AVC at 23.976", "libx264", size: "640x360", rate: "24000/1001", bt709),
        CleanStream("AVC at 59.94, odd size", "libx264", size: "426x238", rate: "60000/1001", bt709),
        CleanStream("AVC of 10 bits", "libx264", format: "yuv420p10le"),
        CleanStream("AVC of 4:2:2", "libx264", format: "yuv422p10le"),
        CleanStream("AVC interlaced", "libx264", ":interlaced=1", size: "320x192"),
        CleanStream("AVC of few colours in fragments", "libx264", closed, size: "160x90", fragments),
        CleanStream("AVC of several slices", "libx264", ":slices=4:aud=1"),
    ]

    private static let hevc = [
        CleanStream("HEVC", "libx265", ":open-gop=0"),
        CleanStream("HEVC without B-frames", "libx265", ":bframes=0:open-gop=0" + closed),
        CleanStream("HEVC in its own buffer", "libx265", ":open-gop=0:vbv-maxrate=400:vbv-bufsize=800:hrd=1"),
        CleanStream("HEVC at 60, odd size", "libx265", ":open-gop=0", size: "426x238", rate: "60", frames: 90),
        CleanStream("HEVC of 10 bits", "libx265", ":open-gop=0", format: "yuv420p10le", bt709),
        CleanStream("HDR10", "libx265", ":open-gop=0" + hdr10, format: "yuv420p10le", pq),
        CleanStream(
            "HDR10 in fragments", "libx265", ":open-gop=0" + hdr10 + closed, format: "yuv420p10le", pq + fragments),
        CleanStream("HLG", "libx265", ":open-gop=0", format: "yuv420p10le", hlg),
        CleanStream("HEVC with decodable leading pictures", "libx265", ":open-gop=0:radl=2:bframes=3" + closed),
    ]

    private static let av1 = [
        CleanStream("AV1", "libsvtav1"),
        CleanStream("AV1 of 10 bits at 23.976", "libsvtav1", ":keyint=24", rate: "24000/1001", format: "yuv420p10le"),
        CleanStream("AV1 of tiles", "libsvtav1", ":tile-columns=1:keyint=24", size: "640x360"),
        CleanStream("AV1 with film grain, in fragments", "libsvtav1", ":film-grain=8:keyint=24", fragments),
        CleanStream("AV1 of low delay", "libsvtav1", ":pred-struct=1:keyint=24", rate: "50"),
        CleanStream(
            "AV1 in HDR10", "libsvtav1",
            ":keyint=24:mastering-display=G(0.265,0.69)B(0.15,0.06)R(0.68,0.32)WP(0.3127,0.329)L(1000.0,0.0001)"
                + ":content-light=1000,400", format: "yuv420p10le", pq),
    ]

    /// From each codec, and with each kind of clock, as the product packages them.
    private static let packagedOnes = [
        CleanStream("AVC, packaged", "libx264", ":bframes=3" + closed, rate: "30000/1001", bt709).packaged,
        CleanStream("HEVC, packaged", "libx265", ":open-gop=0:repeat-headers=1" + closed).packaged,
        CleanStream("HDR10, packaged", "libx265", ":open-gop=0" + hdr10 + closed, format: "yuv420p10le", pq).packaged,
        CleanStream("AV1, packaged", "libsvtav1", ":keyint=24", rate: "24000/1001").packaged,
    ]
}
