import Foundation
import MezzTestKit
import Testing

/// What every refusal has in common: the exit code, an error for a person, an error for a program, nothing written.
struct Refusal {
    let status: Int32
    /// Words that the error must hold.
    let words: [String]

    /// Encodes `source` twice, plainly and with `--json`, and expects the refusal each time.
    func expect(of source: String, in folder: TestFolder, options: [String] = []) async throws {
        let mezz = try MezzProgram(in: folder)
        expect(try await mezz.encode(source, to: "out", options), of: source)
        let end = try await mezz.encode(source, to: "out", ["--json"] + options)
        expect(end, of: source)
        try expectDocument(end)
        expectNoPackage(in: "out", of: folder)
    }

    /// Expects the exit code and `error: what: where: remedy` on standard error.
    func expect(_ end: ChildEnd, of source: String) {
        #expect(end.status == status, "\(source): \(end.errorText)")
        let errors = end.errorText.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        #expect(errors.count == 1, "\(end.errorText)")
        let parts = (errors.first ?? "").components(separatedBy: ": ")
        #expect(parts.count >= 4, "not `error: what: where: remedy`: \(errors)")
        for word in words { #expect(end.errorText.contains(word), "\(word) is not in: \(end.errorText)") }
    }

    /// Expects one JSON object with the error, and nothing else, on standard output.
    func expectDocument(_ end: ChildEnd) throws {
        let document = try JSONValue(end.output)
        #expect(document.keys == ["error"])
        #expect(document["error"].keys.isSuperset(of: ["status", "what", "place", "remedy"]))
        #expect(document["error"]["status"].int == Int(status))
        #expect(document["error"]["what"].string?.isEmpty == false)
        #expect(document["error"]["remedy"].string?.isEmpty == false)
    }

    /// Expects that `output` holds no name of a package.
    func expectNoPackage(in output: String, of folder: TestFolder) {
        #expect(folder.names(in: output).allSatisfy { $0 == ".mezz" }, "\(folder.names(in: output))")
    }
}
