import MezzCore
import Testing

@Suite("Printable text")
struct PrintableTests {
    @Test(
        "control characters become escapes",
        arguments: [
            ("a\nb", "a\\nb"), ("a\tb\r", "a\\tb\\r"), ("\u{1b}[2Jgone", "\\u{1b}[2Jgone"), ("\u{0}", "\\u{0}"),
            ("\u{7f}", "\\u{7f}"), ("\u{9b}31m", "\\u{9b}31m"), ("\r\n", "\\r\\n"),
        ])
    func escapes(_ text: String, _ expected: String) {
        #expect(text.printable == expected)
    }

    @Test(
        "everything else stays as it is",
        arguments: ["", "film.mov", "Ærø – 映画 🎬.mkv", "e\u{301}", "back\\slash 'quote'"])
    func unchanged(_ text: String) {
        #expect(text.printable == text)
    }

    @Test("what comes out never holds a control character")
    func harmless() {
        for value in UInt32(0)...0x2FF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = String(scalar).printable.unicodeScalars.contains {
                $0.properties.generalCategory == .control
            }
            #expect(!isControl, "U+\(String(value, radix: 16))")
        }
    }
}
