import MezzMedia
import Testing

@Suite("The tail of a tool's messages")
struct OutputTailTests {
    @Test(
        "is cut at line ends of any kind, empty lines left out",
        arguments: [
            ("", []), ("\n\n\r\r", []), ("a", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
            ("frame=1\rframe=2\r", ["frame=1", "frame=2"]),
        ])
    func lines(_ text: String, _ expected: [String]) {
        var tail = OutputTail()
        tail.append(text.utf8)
        #expect(tail.lines == expected)
    }

    @Test("does not depend on how the bytes arrive")
    func pieces() {
        let text = "first line\nsecond\rthird\r\nlast"
        for size in 1...text.utf8.count {
            var tail = OutputTail()
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                tail.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            #expect(tail.lines == ["first line", "second", "third", "last"])
        }
    }

    @Test("keeps the last lines only")
    func lineLimit() {
        var tail = OutputTail(lines: 3)
        for number in 0..<100_000 { tail.append("\(number)\n".utf8) }
        #expect(tail.lines == ["99997", "99998", "99999"])
    }

    @Test("keeps the beginning of an endless line")
    func lengthLimit() {
        var tail = OutputTail(lines: 3, length: 10)
        for _ in 0..<1000 { tail.append(repeatElement(UInt8(ascii: "x"), count: 1000)) }
        #expect(tail.lines == ["xxxxxxxxxx"])
        tail.append("\nnext".utf8)
        #expect(tail.lines == ["xxxxxxxxxx", "next"])
    }

    @Test("bytes that are no text do not trap")
    func garbage() {
        var tail = OutputTail()
        tail.append((0...255).map { UInt8($0) })
        #expect(tail.lines.count == 3)
    }
}
