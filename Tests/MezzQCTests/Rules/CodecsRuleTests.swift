import MezzCore
import MezzQC
import Testing

@Suite("The codecs that a manifest states")
struct CodecsRuleTests {
    @Test(
        "AV1's fields on colour may be left out, or spelled out, where they say what their absence means",
        arguments: [
            ("av01.0.00M.08", "av01.0.00M.08", true), ("av01.0.00M.08", "av01.0.00M.08.0.110.01.01.01.0", true),
            ("av01.0.00M.08.0.110.01.01.01.0", "AV01.0.00M.08,mp4a.40.2", true),
            ("av01.0.00M.08", "av01.0.00M.08.0.110.09.16.09.0", false),
            ("av01.0.00M.08.0.110.09.16.09.0", "av01.0.00M.08", false),
            ("av01.0.00M.08.0.110.09.16.09.0", "mp4a.40.2, av01.0.00M.08.0.110.09.16.09.0", true),
            ("av01.0.00M.08", "av01.0.00M.10", false), ("av01.0.00M.08", "av01.0.00M.08.0", false),
        ])
    func optionalFields(_ own: String, _ stated: String, _ isRight: Bool) throws {
        var description = try Synthetic.description(.av1, "3.0", 320, 192)
        description.codecString = own
        let findings = CodecsRule.findings(description, stated: [("manifest.mpd", stated)], stream: "v")
        #expect(findings.map(\.code) == (isRight ? [] : ["stream.codecs"]))
    }
}
