import MezzFormats
import MezzQC
import Testing

extension DamagedStream {
    /// Files that are good until a byte of them is changed.
    static let changed = levels + entries + samples + fragments

    /// Files that an encoder made so.
    static let encoded: [DamagedStream] = [
        DamagedStream(
            "a rung's buffer that was not kept to", .x264(":vbv-maxrate=300:vbv-bufsize=300:nal-hrd=vbr"),
            [.bufferUnderflow], words: "the rung's buffer, 60 kbps into 60 kbit",
            expecting: StreamExpectation(bucket: (60_000, 60_000))),
        DamagedStream(
            "key frames elsewhere", .avc, [.keyFrameMissing, .keyFrameExtra], frame: 20,
            words: "the segment plan asks for a key frame here (1 missing)",
            expecting: StreamExpectation(keyFrames: [0, 20])),
        DamagedStream(
            "open groups of AVC", .x264(":open-gop=1:bframes=2"), [.keyFrameFlag],
            words: "the picture's headers say that it cannot"),
        DamagedStream(
            "open groups of HEVC", .x265(":open-gop=1:bframes=2"), [.keyFrameOpen],
            words: "the key frame is no IDR picture"),
        DamagedStream(
            "a sample that was lost", .avc.with(["-bsf:v", "noise=drop='eq(n\\,10)'"]), [.timeGap],
            words: "nothing is shown for 1024 ticks"),
        DamagedStream(
            "PQ in 8 bits", pq(.avc), [.colorContradiction, .hdrMissing], words: "PQ in 8 bits: it needs 10"),
        DamagedStream(
            "PQ without a mastering display", pq(.hevc.with(["-pix_fmt", "yuv420p10le"])), [.hdrMissing],
            words: "does not tell its mastering display"),
        DamagedStream(
            "tiles that libsvtav1 does not choose its level by", av1("512x256", ":tile-columns=3"), [.levelTiles],
            frame: 0,
            words: "8 columns of tiles; level 2.0 allows 4: level 4.0 is the smallest that fits"),
        DamagedStream(
            "parameter sets again, AVC", .x264(":repeat-headers=1"), [.parametersInBand], frame: 0,
            words: "avc1 forbids"),
    ]

    private static let levels: [DamagedStream] = [
        DamagedStream(
            "a level too low for AVC's rate", .x264(":ref=1:bframes=0:crf=45"), [.levelRate], frame: 0,
            words: "level 1.1 allows 768000: level 1.2 is the smallest that fits", change: LevelEdit.avc(11)),
        DamagedStream(
            "a level too low for AVC's bits", .x264(":ref=1:bframes=0:qp=4:level=4.0").filtered("noise=alls=40:allf=t"),
            [.levelBitrate],
            words: "at level 1.2, 576 kbps through a buffer of 1500 kbit", change: LevelEdit.avc(12)),
        DamagedStream(
            "a level that AVC does not have", .avc, [.levelUnknown], frame: 0, words: "level 99",
            change: LevelEdit.avc(99)),
        DamagedStream(
            "a level too low for HEVC's rate", small(.x265(":crf=45")), [.levelRate], frame: 0,
            words: "level 1 allows 552960: level 2 is the smallest that fits", change: LevelEdit.hevc(30)),
        DamagedStream(
            "a level that HEVC does not have", .hevc, [.levelUnknown], frame: 0, words: "level 91",
            change: LevelEdit.hevc(91)),
        DamagedStream(
            "a level too low for AV1's picture", av1("640x360", ""), [.levelPicture, .levelRate], frame: 0,
            words: "level 2.0 allows 147456 and sides of 2048 and 1152: level 2.1 is the smallest that fits",
            change: LevelEdit.av1(0)),
    ]

    private static let entries: [DamagedStream] = [
        DamagedStream(
            "other colours in the container", .avc.colored("bt709", "bt709", "bt709"), [.colorContainer],
            words: "the container says 9-1-1 (H.273), the stream 1-1-1 (H.273)"
        ) { $0.put(9, at: try $0.box("nclx"), bytes: 2) },
        DamagedStream(
            "full range in the container", .avc.colored("bt709", "bt709", "bt709"), [.colorContainer],
            words: "1-1-1 full"
        ) { $0.put(0x80, at: try $0.box("nclx") + 6, bytes: 1) },
        DamagedStream(
            "another width in the container", .avc, [.colorContainer],
            words: "the container says 310x192, the stream 320x192"
        ) { $0.put(310, at: try $0.box("avc1", 1) + 24, bytes: 2) },
        DamagedStream(
            "another mastering display in the container", hdr, [.hdrContainer],
            words: "two different mastering displays"
        ) { try $0.insertIntoEntry([UInt8].box("mdcv", masteringDisplay(luminance: 40_000_000))) },
        DamagedStream(
            "other light levels in the container", hdr, [.hdrContainer],
            words: "clli says 999 and 400 cd/m², the stream 1000"
        ) { try $0.insertIntoEntry([UInt8].box("clli", [3, 231, 1, 144])) },
        DamagedStream(
            "an edit list that cuts into the first picture", .avc, [.timeStart], frame: 0, words: "cuts 512 ticks off"
        ) {
            let time = try $0.box("elst") + 12
            $0.put($0.number(at: time) + 512, at: time)
        },
    ]

    private static let samples: [DamagedStream] = [
        DamagedStream(
            "a key frame flag one picture late", .avc, [.keyFrameFlag], frame: 25, words: "does not say so"
        ) { $0.put(27, at: try $0.box("stss") + 12) },
        DamagedStream(
            "parameter sets again, HEVC", .x265(":repeat-headers=1", ["-tag:v", "hev1"]), [.parametersInBand], frame: 0,
            words: "hvc1 forbids"
        ) { $0.replaceAll(Array("hev1".utf8), by: Array("hvc1".utf8)) },
        DamagedStream(
            "a NAL unit longer than its sample", .avc, [.unreadable], frame: 10, words: "longer than its sample"
        ) {
            $0[try TrackSamples.read($0, track: 1).samples[10].offset] = 0x7F
        },
    ]

    private static let fragments: [DamagedStream] = [
        DamagedStream(
            "a fragment that is shifted", .avc.fragmented, [.cmaf, .timeGap, .timeOrder],
            words: "does not begin where the one before ends (7.3.2.2)"
        ) {
            let time = try $0.box("tfdt", 1) + 4
            $0.put($0.number(at: time, bytes: 8) + 512, at: time, bytes: 8)
        },
        DamagedStream(
            "a fragment without its media data", .avc.fragmented, [.cmaf],
            words: "is not followed by its media data (7.3.2.3)"
        ) { bytes in
            let name = try bytes.box("mdat", 1)
            bytes.replaceSubrange(name - 4..<name, with: Array("free".utf8))
        },
    ]

    private static func pq(_ recipe: Recipe) -> Recipe { recipe.colored("bt2020", "smpte2084", "bt2020nc") }

    private static func small(_ recipe: Recipe) -> Recipe {
        var recipe = recipe
        recipe.size = "192x160"
        return recipe
    }

    private static func av1(_ size: String, _ parameters: String) -> Recipe {
        Recipe(
            size: size, frames: 25,
            options: [
                "-c:v", "libsvtav1", "-preset", "10", "-crf", "55", "-svtav1-params", "keyint=25:lp=1" + parameters,
            ])
    }
}

extension DamagedStream {
    /// HDR10 in fragments, whose places do not change when the movie grows.
    static let hdr = pq(
        .x265(
            ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400",
            ["-pix_fmt", "yuv420p10le"]
        ).fragmented)

    /// The payload of `mdcv` that belongs to it.
    static func masteringDisplay(luminance: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 24)
        for (index, value) in [13_250, 34_500, 7500, 3000, 34_000, 16_000, 15_635, 16_450].enumerated() {
            bytes.put(value, at: 2 * index, bytes: 2)
        }
        bytes.put(luminance, at: 16)
        bytes.put(1, at: 20)
        return bytes
    }
}
