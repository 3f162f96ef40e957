import MezzCore
import Testing

@Suite("Colour")
struct ColorDescriptionTests {
    @Test(
        "PQ and HLG are high dynamic range, nothing else is",
        arguments: [("smpte2084", true), ("arib-std-b67", true), ("bt709", false), ("bt2020-10", false), (nil, false)])
    func highDynamicRange(_ transfer: String?, _ expected: Bool) {
        #expect(ColorDescription(primaries: "bt2020", transfer: transfer).isHighDynamicRange == expected)
    }
}
