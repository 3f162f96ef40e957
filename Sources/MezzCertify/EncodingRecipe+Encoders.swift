import MezzCore

/// Constant quantizers, one key frame, and no threads that would change the bits. HEVC carries MD5 sums of its pictures
/// (H.265, D.3.19), which decoders compare.
extension EncodingRecipe {
    /// Where the size changes nothing may wait for its turn: a decoder may drop what does (H.264, C.4.4). In Baseline
    /// nothing ever waits.
    private var profile: String { stream.laterSizes.isEmpty ? "high" : "baseline" }

    func x264(_ quantizer: Int) -> [String] {
        [
            "-preset", "superfast", "-profile:v", profile, "-level", level.name, "-qp", "\(quantizer)", "-bf", "0",
            "-refs", "\(stream.references)", "-g", "9999", "-sc_threshold", "0",
            "-x264-params", "ipratio=1:threads=2:scenecut=0",
        ]
    }

    func x265(_ quantizer: Int) -> [String] {
        var options = [
            "log-level=error", "qp=\(quantizer)", "ipratio=1", "bframes=0", "ref=\(stream.references)", "keyint=-1",
            "scenecut=0", "open-gop=0", "ctu=32", "min-cu-size=8", "info=0", "high-tier=0", "pools=2",
            "frame-threads=1", "hash=1",
        ]
        if let hdr = stream.hdr {
            if let display = hdr.display { options.append("master-display=\(display.text)") }
            if let light = hdr.light { options.append("max-cll=\(light.max),\(light.average)") }
            options.append("hdr10=1")
        }
        return ["-preset", "ultrafast", "-x265-params", options.joined(separator: ":")]
    }

    func kvazaar(_ quantizer: Int) -> [String] {
        var options = ["preset=ultrafast", "qp=\(quantizer)", "gop=0", "period=0", "hash=md5"]
        options += stream.slices > 1 ? ["wpp=1", "slices=wpp"] : ["tiles=\(stream.tileColumns)x\(stream.tileRows)"]
        return ["-kvazaar-params", options.joined(separator: ",")]
    }

    func aom(_ quantizer: Int) -> [String] {
        var options = ["target-seq-level-idx=\(level.number)", "sb-size=64"]
        // The third of libaom's own test vectors: grain of luma and chroma, renewed with every picture.
        if stream.purpose == .filmGrain { options.append("film-grain-test=3") }
        // Frames ahead make a pyramid, whose layers refer to each other through all seven names.
        let speed =
            stream.purpose == .references
            ? ["-usage", "good", "-cpu-used", "6", "-lag-in-frames", "19"] : ["-usage", "realtime", "-cpu-used", "8"]
        return speed + [
            "-b:v", "0", "-crf", "\(quantizer)", "-qmin", "\(quantizer)", "-qmax", "\(quantizer)", "-g", "9999",
            "-threads", "2", "-tile-columns", "\(stream.tileColumns.trailingZeroBitCount)", "-tile-rows",
            "\(stream.tileRows.trailingZeroBitCount)", "-aom-params", options.joined(separator: ":"),
        ]
    }

    func svt(_ quantizer: Int) -> [String] {
        var options = [
            "level=\(level.name.filter(\.isNumber))", "irefresh-type=2", "keyint=-1", "scd=0", "lp=2",
        ]
        if let display = stream.hdr?.display { options.append("mastering-display=\(Self.fractions(display))") }
        if let light = stream.hdr?.light { options.append("content-light=\(light.max),\(light.average)") }
        return ["-preset", "10", "-crf", "\(quantizer)", "-svtav1-params", options.joined(separator: ":")]
    }

    /// In fractions of one and candelas, as SVT-AV1 takes it.
    private static func fractions(_ display: HDRMetadata.Display) -> String {
        let points = display.points.map { Double($0) / 50_000 }
        let pairs = zip(["G", "B", "R", "WP"], 0..<4).map { "\($0)(\(points[2 * $1]),\(points[2 * $1 + 1]))" }
        let (most, least) = (Double(display.maxLuminance) / 10_000, Double(display.minLuminance) / 10_000)
        return pairs.joined() + "L(\(most),\(least))"
    }
}
