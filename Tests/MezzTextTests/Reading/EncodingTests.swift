import Foundation
import MezzCore
import MezzText
import Testing

@Suite("Encodings of text files")
struct EncodingTests {
    private static let text = "1\n00:00:01,000 --> 00:00:02,000\nGrüße – Привет 日本\n"

    private static func littleEndian(_ text: String) -> [UInt8] {
        text.utf16.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    }

    private static func bigEndian(_ text: String) -> [UInt8] {
        text.utf16.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    }

    @Test("UTF-8 and UTF-16 are told by their marks")
    func marks() throws {
        let utf8 = Array(Self.text.utf8)
        let files: [[UInt8]] = [
            utf8, [0xEF, 0xBB, 0xBF] + utf8, [0xFF, 0xFE] + Self.littleEndian(Self.text),
            [0xFE, 0xFF] + Self.bigEndian(Self.text),
        ]
        for bytes in files {
            #expect(TextFormat.detect(bytes, path: "x") == .srt)
            let reading = try TextReader.parse(bytes, as: .srt, place: "x")
            #expect(reading.text.cues.map(\.text) == ["Grüße – Привет 日本"])
        }
    }

    @Test("UTF-16 TTML loses its declaration")
    func declaration() throws {
        let text = Sample.document(body: "<body><div><p begin=\"0s\" end=\"1s\">ä</p></div></body>")
            .replacing("UTF-8", with: "UTF-16")
        let bytes: [UInt8] = [0xFF, 0xFE] + Self.littleEndian(text)
        #expect(TextFormat.detect(bytes, path: "x") == .ttml)
        #expect(try TextReader.parse(bytes, as: .ttml, place: "x").text.cues.map(\.text) == ["ä"])
    }

    static let pages: [(TextEncoding, [UInt8], String)] = [
        (.windows1250, [0x9A, 0xE8], "šč"), (.windows1251, [0xCF, 0xF0], "Пр"), (.windows1252, [0x80, 0xE9], "€é"),
        (.windows1253, [0xC1, 0xE1], "Αα"), (.windows1254, [0xFE, 0xF0], "şğ"), (.latin1, [0xE9, 0xFC], "éü"),
        (.latin2, [0xB9, 0xE8], "šč"), (.shiftJIS, [0x93, 0xFA], "日"),
    ]

    @Test("other encodings are read when named, and refused with that remedy when not", arguments: pages)
    func named(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) throws {
        let file = Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8) + bytes
        let reading = try TextReader.parse(file, as: .srt, encoding: encoding, place: "x")
        #expect(reading.text.cues.map(\.text) == [text])
        let failure = #expect(throws: Failure.self) { try TextReader.parse(file, as: .srt, place: "x") }
        #expect(failure?.status == .input)
        #expect(failure?.remedy.contains("--encoding windows-1252") == true)
    }

    @Test("bytes that are not what is named are refused")
    func wrong() {
        #expect(throws: Failure.self) {
            try TextReader.parse([0xFF, 0xC3, 0x28], as: .srt, encoding: .utf8, place: "x")
        }
    }

    @Test(
        "content tells the format, then the suffix",
        arguments: [
            ("WEBVTT\n", "a.srt", TextFormat.vtt), ("\n1\n00:00:01,0 --> 00:00:02,0\n", "a.vtt", .srt),
            ("Scenarist_SCC V1.0\n", "a.txt", .scc), ("<?xml version=\"1.0\"?><tt/>", "a", .ttml),
            ("850STL25.01" + String(repeating: " ", count: 1100), "a.bin", .stl), ("", "a.DFXP", .ttml),
        ])
    func detection(_ text: String, _ path: String, _ format: TextFormat) {
        #expect(TextFormat.detect(Array(text.utf8), path: path) == format)
    }

    @Test("neither content nor suffix tells of other files")
    func unknown() { #expect(TextFormat.detect(Array("hello".utf8), path: "a.doc") == nil) }
}
