import Foundation
import Testing

/// docs/findings.md is the one table of finding codes.
@Suite struct FindingCodesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyCodeInTheSourcesStandsInTheTable() throws {
        let table = try String(contentsOf: Self.root.appending(path: "docs/findings.md"), encoding: .utf8)
        let codes = try Self.codes()
        #expect(codes.count >= 10)
        for code in codes.sorted() { #expect(table.contains("| `\(code)` |"), "\(code) is not documented") }
    }

    /// String literals such as "source.odd-size" in the sources.
    private static func codes() throws -> Set<String> {
        let literal = try Regex(#""((?:source|audio|quality|rate|package|text)\.[a-z][a-z.-]*[a-z])""#)
        let sources = root.appending(path: "Sources")
        var codes: Set<String> = []
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: literal) {
                if let code = match.output[1].substring { codes.insert(String(code)) }
            }
        }
        return codes
    }
}
