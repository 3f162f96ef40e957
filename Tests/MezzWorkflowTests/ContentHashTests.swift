import Foundation
import MezzCore
import Testing

@Suite("A content hash")
struct ContentHashTests {
    @Test(
        "is SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func knownValues(text: String, hex: String) {
        #expect(ContentHash.of(Data(text.utf8)).hex == hex)
    }

    @Test("is the same in pieces and from a file")
    func pieces() throws {
        let data = Data((0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        var hash = ContentHash.Incremental()
        hash.update(data.prefix(1))
        hash.update(Data())
        data.dropFirst().withUnsafeBytes { hash.update($0) }
        #expect(hash.finish() == ContentHash.of(data))

        let file = FileManager.default.temporaryDirectory.appending(path: "mezz-hash-\(UUID().uuidString)")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try ContentHash.ofFile(file.path()) == ContentHash.of(data))
        #expect(throws: ContentHash.ReadFailure(path: "/nowhere/at/all", code: ENOENT)) {
            try ContentHash.ofFile("/nowhere/at/all")
        }
    }

    @Test(
        "accepts only 64 lower-case hexadecimal digits",
        arguments: [
            "", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
            String(repeating: "0", count: 65), String(repeating: "0", count: 62) + "ä",
            String(repeating: "0", count: 61) + "/..",
        ])
    func refuses(text: String) throws {
        #expect(ContentHash(hex: text) == nil)
        let json = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ContentHash].self, from: json) }
    }

    @Test("is a plain string in JSON")
    func coding() throws {
        let hash = ContentHash.of(Data())
        let json = try JSONEncoder().encode([hash])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(hash.hex)\"]")
        #expect(try JSONDecoder().decode([ContentHash].self, from: json) == [hash])
    }
}
