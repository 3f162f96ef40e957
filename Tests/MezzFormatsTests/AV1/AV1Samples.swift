import Testing

/// Streams of the encoders that FFmpeg knows, each with something of its own.
struct AV1Sample: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let encoder: [String]
    var size = "192x108"
    var pixels = "yuv420p"
    var frames = 12

    static let all = [
        AV1Sample(
            "svt film grain, HDR",
            [
                "libsvtav1", "-preset", "8", "-vf",
                "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc",
                "-svtav1-params",
                "film-grain=8:mastering-display=G(0.265,0.69)B(0.15,0.06)R(0.68,0.32)WP(0.3127,0.329)L(1000,0.0001)"
                    + ":content-light=1000,400",
            ], pixels: "yuv420p10le", frames: 20),
        AV1Sample(
            "svt tiles", ["libsvtav1", "-preset", "10", "-svtav1-params", "tile-columns=1:tile-rows=1"], size: "640x360"
        ),
        AV1Sample("svt short groups", ["libsvtav1", "-preset", "6", "-g", "8"], frames: 30),
        AV1Sample("svt super-resolution", ["libsvtav1", "-preset", "8", "-svtav1-params", "superres-mode=2"]),
        AV1Sample(
            "svt resizing", ["libsvtav1", "-preset", "8", "-svtav1-params", "resize-mode=3"], size: "320x240",
            frames: 30),
        AV1Sample("svt low delay", ["libsvtav1", "-preset", "8", "-svtav1-params", "pred-struct=1:enable-qm=1"]),
        AV1Sample(
            "svt switch frames",
            ["libsvtav1", "-preset", "8", "-svtav1-params", "pred-struct=1:sframe-dist=4:sframe-mode=1"]),
        AV1Sample("svt lossless", ["libsvtav1", "-preset", "8", "-svtav1-params", "lossless=1"]),
        AV1Sample("svt screen content", ["libsvtav1", "-preset", "6", "-svtav1-params", "scm=1"]),
        AV1Sample(
            "svt overlays, alternating quantizers",
            ["libsvtav1", "-preset", "6", "-svtav1-params", "enable-overlays=1:aq-mode=1"], frames: 40),
        AV1Sample("aom plain", ["libaom-av1", "-cpu-used", "4", "-aom-params", "sb-size=128:aq-mode=2"], frames: 20),
        AV1Sample(
            "aom timing", ["libaom-av1", "-cpu-used", "8", "-aom-params", "timing-info=model:error-resilient=1"]),
        AV1Sample("aom equal timing", ["libaom-av1", "-cpu-used", "8", "-aom-params", "timing-info=constant"]),
        AV1Sample("aom 4:4:4", ["libaom-av1", "-cpu-used", "8"], pixels: "yuv444p"),
        AV1Sample(
            "aom 4:2:2, 12 bits",
            ["libaom-av1", "-cpu-used", "8", "-aom-params", "enable-chroma-deltaq=1:deltaq-mode=1:film-grain-test=2"],
            pixels: "yuv422p12le"),
        AV1Sample(
            "aom grey, grain", ["libaom-av1", "-cpu-used", "8", "-aom-params", "film-grain-test=5"], pixels: "gray"),
        AV1Sample("aom RGB", ["libaom-av1", "-cpu-used", "8"], pixels: "gbrp"),
        AV1Sample("aom resizing", ["libaom-av1", "-cpu-used", "6", "-aom-params", "resize-mode=3"], frames: 20),
        AV1Sample(
            "aom tiles, tile groups",
            ["libaom-av1", "-cpu-used", "8", "-aom-params", "tile-columns=2:tile-rows=1:num-tile-groups=3"],
            size: "640x360"),
        AV1Sample(
            "aom odd tiles", ["libaom-av1", "-cpu-used", "8", "-aom-params", "tile-width=1,2,1:tile-height=2,1"],
            size: "640x360"),
        AV1Sample("aom without order hints", ["libaom-av1", "-cpu-used", "8", "-aom-params", "enable-order-hint=0"]),
        AV1Sample("aom lossless", ["libaom-av1", "-cpu-used", "8", "-aom-params", "lossless=1"]),
        AV1Sample("aom reduced still picture", ["libaom-av1", "-cpu-used", "8", "-still-picture", "1"], frames: 1),
        AV1Sample("aom turning", ["libaom-av1", "-vf", "rotate=a=t*0.3", "-cpu-used", "1"], size: "256x144"),
        AV1Sample(
            "aom loop filter deltas",
            ["libaom-av1", "-cpu-used", "4", "-aom-params", "deltaq-mode=1:delta-lf-mode=1"], size: "256x144"),
        AV1Sample("rav1e", ["librav1e", "-speed", "10", "-rav1e-params", "low_latency=true"]),
    ]

    init(_ name: String, _ encoder: [String], size: String = "192x108", pixels: String = "yuv420p", frames: Int = 12) {
        testDescription = name
        self.encoder = encoder
        self.size = size
        self.pixels = pixels
        self.frames = frames
    }

    /// Encodes it, and gives the stream and what FFmpeg reads in it.
    func make() throws -> (stream: [UInt8], trace: AV1Trace) {
        let folder = try MediaFolder()
        let source = "testsrc2=s=\(size):r=25,noise=alls=12:allf=t,format=\(pixels)"
        try MediaTool.ffmpeg.run(
            ["-y", "-v", "error", "-f", "lavfi", "-i", source, "-frames:v", "\(frames)", "-c:v"] + encoder
                + ["-pix_fmt", pixels, "-threads", "1", "-f", "obu", "a.obu"], in: folder)
        let log = try MediaTool.ffmpeg.run(
            ["-v", "verbose", "-f", "obu", "-i", "a.obu", "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"],
            in: folder, errors: true)
        return (try folder.bytes("a.obu"), AV1Trace(log))
    }
}
