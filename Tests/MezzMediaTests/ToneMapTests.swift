import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Tone mapping")
struct ToneMapTests {
    /// The code value of `light` cd/m² in 10-bit PQ, limited range (SMPTE ST 2084).
    private static func perceptual(_ light: Double) -> Int {
        let (m1, m2) = (2610.0 / 16384, 2523.0 / 4096 * 128)
        let (c1, c2, c3) = (3424.0 / 4096, 2413.0 / 4096 * 32, 2392.0 / 4096 * 32)
        let power = pow(light / 10_000, m1)
        return Int((64 + 876 * pow((c1 + c2 * power) / (1 + c3 * power), m2)).rounded())
    }

    /// Middle grey of an SDR picture is 42% of the signal, code 108; white is somewhat under its end, 235; ITU-R BT.2408
    /// puts diffuse white at 203 cd/m², or 75% of HLG.
    @Test(
        "middle grey, diffuse white and the peak come out where an SDR picture has them",
        arguments: [("smpte2084", [26.0, 203, 1000].map(perceptual)), ("arib-std-b67", [397, 721, 940])])
    func grey(_ transfer: String, _ codes: [Int]) async throws {
        let color = ColorDescription(primaries: "bt2020", transfer: transfer, matrix: "bt2020nc", range: "tv")
        let values = try await zip(codes, [102...116, 194...212, 232...236]).asyncMap { code, expected in
            (try await Self.mapped(code, color), expected)
        }
        for (value, expected) in values { #expect(expected.contains(value), "\(value) not in \(expected)") }
    }

    @Test("a brighter master is compressed further; one that says nothing reaches 1000 cd/m²")
    func peaks() throws {
        func map(_ light: Int?, _ display: Int?) throws -> ToneMap? {
            let metadata = HDRMetadata(
                display: display.flatMap {
                    .init(
                        points: [13250, 34500, 7500, 3000, 34000, 16000, 15635, 16450], maxLuminance: $0 * 10_000,
                        minLuminance: 1)
                }, light: light.flatMap { .init(max: $0, average: 0) })
            return ToneMap(of: ColorDescription(transfer: "smpte2084", hdr: metadata))
        }
        #expect(try map(nil, nil)?.peak == 1000)
        #expect(try map(4000, 1000)?.peak == 4000)
        #expect(try map(0, 1000)?.peak == 1000)
        #expect(try map(50, nil)?.peak == 203)
        #expect(try map(65_535, nil)?.peak == 10_000)
        #expect(try map(4000, nil)?.filters.contains("tonemap=mobius:param=0.3:desat=0:peak=19.704") == true)
    }

    @Test("what is no high dynamic range is not mapped", arguments: [nil, "bt709", "bt2020-10", "linear"])
    func standard(_ transfer: String?) {
        #expect(ToneMap(of: ColorDescription(primaries: "bt2020", transfer: transfer)) == nil)
    }

    /// The 8-bit luma of an even grey of `code` after the map.
    private static func mapped(_ code: Int, _ color: ColorDescription) async throws -> Int {
        try await TestFolder.with { folder in
            let map = try #require(ToneMap(of: color))
            let source =
                "color=black:s=64x64:r=1:d=1,format=yuv420p10le,geq=lum=\(code):cb=512:cr=512,setparams="
                + "range=tv:color_primaries=bt2020:color_trc=\(color.transfer ?? ""):colorspace=bt2020nc"
            try await MediaMaker(in: folder).make(
                "a.y",
                [
                    "-f", "lavfi", "-i", source, "-vf", (map.filters + ["format=yuv420p"]).joined(separator: ","), "-f",
                    "rawvideo",
                ])
            return Int(try folder.data("a.y")[32 * 64 + 32])
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
