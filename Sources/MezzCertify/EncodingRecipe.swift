import MezzCore
import MezzMedia

/// FFmpeg's arguments for one stream of a plan.
struct EncodingRecipe {
    let stream: CertificationStream
    let level: CertificationLevel

    /// An encoder of FFmpeg.
    enum Encoder: String {
        case x264 = "libx264"
        case x265 = "libx265"
        case kvazaar = "libkvazaar"
        case aom = "libaom-av1"
        case svt = "libsvtav1"
    }

    /// x265 has no tiles and fails on many slices, and FFmpeg hands libaom no mastering display.
    var encoder: Encoder {
        switch (level.codec, stream.purpose) {
        case (.avc, _): .x264
        case (.hevc, .tiles), (.hevc, .slices): .kvazaar
        case (.hevc, _): .x265
        case (.av1, .hdr10): .svt
        case (.av1, _): .aom
        }
    }

    /// Where to look for the quantizer: noise is tried where it takes about three bits a sample.
    var search: (range: ClosedRange<Int>, first: Int, end: Double) {
        let isNoise = stream.bitRate != nil
        return level.codec == .av1 ? (1...63, isNoise ? 45 : 48, 64) : (1...51, isNoise ? 40 : 36, 54)
    }

    /// FFmpeg's name of the codec's bytes without a container.
    var rawFormat: String {
        switch level.codec {
        case .avc: "h264"
        case .hevc: "hevc"
        case .av1: "obu"
        }
    }

    /// How such bytes are read. A look that goes beyond the first sequence would put a later size into the container;
    /// AV1's reader needs a longer look to find the clock.
    var rawOptions: [String] { (level.codec == .av1 ? [] : ["-probesize", "32"]) + ["-f", rawFormat] }

    /// - Parameters:
    ///   - size: One of the stream's.
    ///   - frames: How many of it.
    func arguments(_ size: Resolution, frames: Int, quantizer: Int) -> [String] {
        let isDeep = stream.hdr != nil
        return FFmpegCommand.preamble + ["-f", "lavfi", "-i", source(size), "-frames:v", "\(frames)"]
            + ["-pix_fmt", isDeep ? "yuv420p10le" : "yuv420p", "-c:v", encoder.rawValue] + codecArguments(quantizer)
            + (isDeep ? Self.wideColor : []) + FFmpegCommand.reproducible
    }

    /// Noise where bits matter, a moving test picture where they do not.
    private func source(_ size: Resolution) -> String {
        let picture = "\(size.width)x\(size.height):rate=\(stream.frameRate)"
        return stream.bitRate == nil
            ? "testsrc2=size=\(picture)" : "color=color=gray:size=\(picture),noise=alls=100:allf=t:all_seed=7"
    }

    /// Parameter sets beside the samples where one description holds, in them where it changes.
    var trackArguments: [String] {
        switch level.codec {
        case .avc: ["-tag:v", stream.laterSizes.isEmpty ? "avc1" : "avc3"]
        case .hevc: ["-tag:v", stream.laterSizes.isEmpty ? "hvc1" : "hev1"]
        case .av1: []
        }
    }

    private func codecArguments(_ quantizer: Int) -> [String] {
        switch encoder {
        case .x264: x264(quantizer)
        case .x265: x265(quantizer) + levelFilter
        case .kvazaar: kvazaar(quantizer) + levelFilter
        case .aom: aom(quantizer)
        case .svt: svt(quantizer)
        }
    }

    /// Encoders refuse a level without rate control: it is written into the headers, and the analyser holds the stream
    /// against it.
    private var levelFilter: [String] { ["-bsf:v", "hevc_metadata=level=\(level.number)"] }

    private static let wideColor = [
        "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv",
    ]
}
