import MezzCore
import MezzQC
import Testing

@Suite("Rules of levels")
struct LevelRuleTests {
    @Test("A stream at a level's limit is let through", arguments: LevelCase.all)
    func within(_ one: LevelCase) throws {
        #expect(try one.stream(isBeyond: false).findings() == [])
    }

    @Test("A stream beyond it is caught, with the limit and the smallest level that fits", arguments: LevelCase.all)
    func beyond(_ one: LevelCase) throws {
        let findings = try one.stream(isBeyond: true).findings()
        #expect(findings.codes == [one.rule.rawValue])
        let finding = try #require(findings.first)
        #expect(finding.message.contains(one.limit) && finding.message.contains("level \(one.level) allows"))
        #expect(finding.message.hasSuffix(one.smallest), "\(finding.message)")
        #expect(finding.place == Finding.Place(stream: "v", frame: 0))
        #expect(finding.severity == .error)
    }

    @Test("A level that does not exist is named", arguments: CodecFamily.allCases)
    func unknown(_ codec: CodecFamily) throws {
        var description = try Synthetic.description(codec, codec == .av1 ? "2.0" : "3", 256, 144)
        description.conformance.limits = nil
        description.conformance.levelName = "99"
        let findings = Synthetic.stream(description).findings()
        #expect(findings.codes == ["stream.level.unknown"])
        #expect(findings.first?.message.contains("level 99") == true)
    }

    @Test("A level is judged from where its description holds")
    func place() throws {
        var stream = try Synthetic.good()
        var later = stream.descriptions[0].1
        later.bufferedPictures = 17
        stream.descriptions.append((from: 40, later))
        #expect(stream.findings().codes == ["stream.level.buffer"])
        #expect(stream.findings().first?.place.frame == 40)
    }

    @Test("A stream too large for all levels is told so")
    func noLevel() throws {
        let findings = Synthetic.stream(try Synthetic.description(.avc, "6.2", 16_000, 16_000), rate: 1).findings()
        #expect(findings.codes == ["stream.level.picture"])
        #expect(findings.first?.message.hasSuffix("no level is wide enough") == true)
    }

    @Test("No pictures, or pictures that take no time, are no rate")
    func empty() throws {
        var stream = try Synthetic.good(pictures: 0)
        #expect(stream.findings().codes == ["stream.unreadable"])
        stream = try Synthetic.good(pictures: 1)
        stream.pictures[0].duration = 0
        #expect(stream.findings() == [])
    }
}
