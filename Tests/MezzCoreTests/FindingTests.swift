import Foundation
import MezzCore
import Testing

@Suite("Findings and failures")
struct FindingTests {
    @Test("a finding's JSON has every key, null where there is nothing to say")
    func json() throws {
        let finding = Finding(
            "source.odd-size", .warning, "an odd side", place: Finding.Place(stream: "0", seconds: 1.5),
            remedy: "crop it")
        let expected = """
            {"code":"source.odd-size","message":"an odd side","remedy":"crop it","severity":"warning",\
            "where":{"frame":null,"seconds":1.5,"stream":"0"}}
            """
        #expect(try text(finding) == expected)
        #expect(try JSONDecoder().decode(Finding.self, from: Data(expected.utf8)) == finding)
    }

    @Test("a finding about the whole has a place without a position")
    func whole() throws {
        let json = try text(Finding("a", .info, "b", remedy: "c"))
        #expect(json.contains(#""where":{"frame":null,"seconds":null,"stream":null}"#))
    }

    @Test("severities are ordered")
    func severities() {
        #expect([Finding.Severity.error, .info, .warning].sorted() == [.info, .warning, .error])
        #expect(max(Finding.Severity.warning, .error) == .error)
    }

    @Test("a failure reads what: where: remedy, and survives its JSON")
    func failure() throws {
        let failure = Failure(.input, what: "no such file", place: "a.mov", remedy: "check the path", detail: "x\ny")
        #expect(failure.description == "no such file: a.mov: check the path")
        let data = try JSONEncoder().encode(failure)
        #expect(try JSONDecoder().decode(Failure.self, from: data) == failure)
    }

    @Test(
        "exit codes are the documented ones",
        arguments: zip(
            [.done, .rejected, .failed, .usage, .input, .unavailable, .temporary, .interrupted, .terminated]
                as [MezzCore.ExitStatus], [0, 1, 2, 64, 65, 69, 75, 130, 143] as [Int32]))
    func exitCodes(_ status: MezzCore.ExitStatus, _ code: Int32) {
        #expect(status.rawValue == code)
    }

    private func text(_ finding: Finding) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(finding), as: UTF8.self)
    }
}
