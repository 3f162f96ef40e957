import MezzCore
import MezzEncode
import Testing

@Suite("What encoders are told")
struct EncoderDriverTests {
    private static let color = ColorDescription(primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv")

    private static func recipe(_ codec: CodecFamily, level: String? = nil, peak: Int? = nil) -> VideoRecipe {
        let driver = EncoderCatalog.driver(for: codec)
        return VideoRecipe(
            codec: codec, preset: driver.defaultPreset, resolution: Resolution(width: 1280, height: 720),
            frameRate: Rational(25), bitDepth: driver.bitDepth(sourceBitDepth: 8), color: color, level: level,
            maximumBps: peak, bufferBits: peak)
    }

    private static let tags = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv"

    @Test("a rung's encode")
    func limited() {
        let snapshots: [CodecFamily: String] = [
            .avc: "-c:v libx264 -preset medium -profile:v high -crf 23.25 -level 3.1 -forced-idr 1 -threads 2 "
                + "-x264-params keyint=infinite:min-keyint=1:scenecut=0:open-gop=0:force-cfr=1:stitchable=1:bframes=3:"
                + "vbv-maxrate=5000:vbv-bufsize=5000",
            .hevc:
                "-c:v libx265 -preset medium -profile:v main -crf 23.25 -forced-idr 1 -x265-params log-level=error:keyint=-1:"
                + "min-keyint=1:scenecut=0:open-gop=0:bframes=4:repeat-headers=1:info=0:pools=2:frame-threads=1:"
                + "level-idc=3.1:high-tier=0:vbv-maxrate=5000:vbv-bufsize=5000",
            .av1: "-c:v libsvtav1 -preset 8 -crf 23.25 -svtav1-params irefresh-type=2:scd=0:keyint=-1:lp=2:mbr=5000",
        ]
        for codec in CodecFamily.allCases {
            let arguments = EncoderCatalog.driver(for: codec)
                .arguments(Self.recipe(codec, level: "3.1", peak: 5_000_000), crf: 23.25)
            #expect(arguments.joined(separator: " ") == (snapshots[codec] ?? "") + " " + Self.tags)
        }
    }

    @Test("a trial encode has neither level nor limits", arguments: CodecFamily.allCases)
    func unlimited(_ codec: CodecFamily) {
        let text = EncoderCatalog.driver(for: codec).arguments(Self.recipe(codec), crf: 30).joined(separator: " ")
        for word in ["vbv", "mbr", "level-idc", " -level"] { #expect(!text.contains(word)) }
        #expect(text.contains("-crf 30 "))
    }

    @Test(
        "a CRF is written without a locale and with at most two decimals",
        arguments: [(23, "23"), (23.5, "23.50"), (23.05, "23.05"), (0.25, "0.25"), (22.999_9, "23")])
    func crf(_ value: Double, _ text: String) {
        let arguments = X264().arguments(Self.recipe(.avc), crf: value)
        #expect(arguments.joined(separator: " ").contains("-crf \(text) "))
    }

    @Test("colour that is not known is not tagged; the range always is")
    func unknownColor() {
        var recipe = Self.recipe(.avc)
        recipe.color = ColorDescription(transfer: "smpte2084")
        let arguments = X264().arguments(recipe, crf: 23)
        #expect(Array(arguments.suffix(4)) == ["-color_trc", "smpte2084", "-color_range", "tv"])
    }

    @Test("every codec has a driver, and every driver a sane scale", arguments: CodecFamily.allCases)
    func catalog(_ codec: CodecFamily) {
        let driver = EncoderCatalog.driver(for: codec)
        #expect(driver.codec == codec)
        #expect(EncoderCatalog.all.filter { $0.codec == codec }.count == 1)
        #expect(driver.presets.contains(driver.defaultPreset))
        #expect(driver.crfStep > 0 && driver.usefulCRF.lowerBound > 0 && driver.usefulCRF.upperBound <= 63)
        for preset in driver.presets { #expect(driver.preset(named: preset) == preset) }
        for word in X264().presets { #expect(driver.preset(named: word).map(driver.presets.contains) == true) }
        #expect(driver.preset(named: "ludicrous") == nil && driver.preset(named: "") == nil)
    }

    @Test("bits per sample", arguments: [8, 10, 12, 16])
    func bitDepth(_ source: Int) {
        #expect(X264().bitDepth(sourceBitDepth: source) == 8)
        #expect(X265().bitDepth(sourceBitDepth: source) == (source > 8 ? 10 : 8))
        #expect(SVTAV1().bitDepth(sourceBitDepth: source) == 10)
    }
}
