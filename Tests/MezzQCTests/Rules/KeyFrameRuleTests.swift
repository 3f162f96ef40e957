import MezzCore
import MezzFormats
import MezzQC
import Testing

@Suite("Rules of key frames")
struct KeyFrameRuleTests {
    /// Key frames every 25 pictures.
    private func stream() throws -> CodedStream {
        var stream = try Synthetic.good()
        for number in stride(from: 0, to: 100, by: 25) {
            stream.pictures[number].access = .idr
            stream.pictures[number].traits = .isSync
        }
        return stream
    }

    @Test("Key frames where they were planned are let through")
    func planned() throws {
        #expect(try stream().findings(StreamExpectation(keyFrames: [0, 25, 50, 75])) == [])
    }

    @Test("A planned key frame that is not there is missed, one that was not planned is a warning")
    func plan() throws {
        let missing = try stream().findings(StreamExpectation(keyFrames: [0, 25, 50, 60, 75]))
        #expect(missing.codes == ["stream.keyframe.missing"])
        #expect(missing.first?.place == Finding.Place(stream: "v", frame: 60, seconds: 2.4))
        #expect(missing.first?.message.contains("1 missing") == true)
        let extra = try stream().findings(StreamExpectation(keyFrames: [0, 25, 50]))
        #expect(extra.codes == ["stream.keyframe.extra"])
        #expect(extra.first?.place == Finding.Place(stream: "v", frame: 75, seconds: 3))
        #expect(extra.first?.severity == .warning)
    }

    @Test("A plan longer than the stream is missed beyond its end")
    func longPlan() throws {
        let findings = try stream().findings(StreamExpectation(keyFrames: [0, 25, 50, 75, 100]))
        #expect(findings.codes == ["stream.keyframe.missing"])
        #expect(findings.first?.place == Finding.Place(stream: "v", frame: 100))
    }

    @Test("Clean random access and broken links are open groups", arguments: [RandomAccess.cra, .bla])
    func open(_ access: RandomAccess) throws {
        var stream = try stream()
        stream.pictures[50].access = access
        #expect(stream.findings().codes == ["stream.keyframe.open"])
        #expect(stream.findings().first?.place.frame == 50)
    }

    @Test("Leading pictures may be decodable, not skipped")
    func leading() throws {
        var stream = try stream()
        stream.pictures[50].access = .idrWithLeading
        stream.pictures[51].leading = .radl
        #expect(stream.findings() == [])
        stream.pictures[51].leading = .rasl
        #expect(stream.findings().codes == ["stream.keyframe.open"])
        #expect(stream.findings().first?.place.frame == 51)
    }

    @Test("The container's flags are those of the headers")
    func flags() throws {
        var silent = try stream()
        silent.pictures[25].traits = []
        #expect(silent.findings().codes == ["stream.keyframe.flag"])
        #expect(silent.findings().first?.place == Finding.Place(stream: "v", frame: 25, seconds: 1))
        var wrong = try stream()
        wrong.pictures[26].traits = .isSync
        #expect(wrong.findings().codes == ["stream.keyframe.flag"])
        #expect(wrong.findings().first?.message.contains("headers say that it cannot") == true)
    }

    @Test("A stream begins with a key frame")
    func first() throws {
        var stream = try stream()
        stream.pictures.removeFirst()
        stream.presentationStart = Synthetic.duration
        #expect(stream.findings().codes == ["stream.keyframe.missing"])
        #expect(stream.findings().first?.place == Finding.Place(stream: "v", frame: 0))
    }

    @Test("Five of a kind are listed, not thousands")
    func many() throws {
        var stream = try stream()
        for number in stream.pictures.indices { stream.pictures[number].traits = .isSync }
        #expect(stream.findings().count == 5)
    }
}
