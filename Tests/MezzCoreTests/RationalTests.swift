import Foundation
import MezzCore
import Testing

@Suite("Rational numbers")
struct RationalTests {
    static let largest = Int64.max

    @Test(
        "are kept reduced, with a positive denominator",
        arguments: [
            (24000, 1001, "24000/1001"), (50, 2, "25/1"), (-50, 2, "-25/1"), (50, -2, "-25/1"), (-3, -6, "1/2"),
            (0, 7, "0/1"), (0, -7, "0/1"), (largest, largest, "1/1"), (largest, 1, "9223372036854775807/1"),
            (1, largest, "1/9223372036854775807"), (-largest, largest, "-1/1"),
        ] as [(Int64, Int64, String)])
    func reduced(_ top: Int64, _ bottom: Int64, _ text: String) throws {
        let value = try #require(Rational(top, bottom))
        #expect(value.description == text)
        #expect(Rational(text: text) == value)
    }

    @Test(
        "what no fraction of 64-bit numbers can hold is no number",
        arguments: [(1, 0), (0, 0), (.min, 1), (1, .min), (.min, .min)] as [(Int64, Int64)])
    func refused(_ top: Int64, _ bottom: Int64) {
        #expect(Rational(top, bottom) == nil)
    }

    @Test(
        "are read as whole numbers, fractions and ratios",
        arguments: [
            ("25", 25, 1), ("24000/1001", 24000, 1001), ("16:9", 16, 9), ("0:1", 0, 1), ("-1/2", -1, 2),
            ("9223372036854775807/1", largest, 1), ("-9223372036854775807/3", -largest, 3),
        ] as [(String, Int64, Int64)])
    func read(_ text: String, _ top: Int64, _ bottom: Int64) throws {
        #expect(Rational(text: text) == Rational(top, bottom))
        #expect(Rational(text: text) != nil)
    }

    @Test(
        "nothing else is read",
        arguments: [
            "", "/", ":", "25/", "/25", "24000//1001", "::5", "1/2/3", "1:2:3", "N/A", "25.0", "1e3", " 25", "25 ",
            "1/0", "0/0", "9223372036854775808", "-9223372036854775808", "1/-9223372036854775808", "२५", "24 /1",
        ])
    func notRead(_ text: String) {
        #expect(Rational(text: text) == nil)
    }

    @Test("compare exactly where doubles and products of 64 bits cannot")
    func comparison() throws {
        let ascending = try [
            (-Self.largest, 1), (-Self.largest, 2), (-1, 1), (-1, Self.largest), (0, 1), (1, Self.largest),
            (1, Self.largest - 1), (Self.largest - 2, Self.largest - 1), (Self.largest - 1, Self.largest), (1, 1),
            (Self.largest, Self.largest - 1), (24000, 1001), (24, 1), (Self.largest - 1, 1), (Self.largest, 1),
        ].map { try #require(Rational($0.0, $0.1)) }
        for (left, a) in ascending.enumerated() {
            for (right, b) in ascending.enumerated() {
                #expect((a < b) == (left < right), "\(a) < \(b)")
                #expect((a == b) == (left == right), "\(a) = \(b)")
            }
        }
    }

    @Test("a frame's time is exact at film rates over hours")
    func seconds() throws {
        let film = try #require(Rational(24000, 1001))
        #expect(film.seconds(ofFrame: 0) == 0)
        #expect(film.seconds(ofFrame: 24000) == 1001)
        #expect(film.seconds(ofFrame: 24000 * 36) == 36036)
        #expect(Rational(25).seconds(ofFrame: 1) == 0.04)
    }

    @Test("travel as text, and hostile text is an error")
    func coding() throws {
        let value = try #require(Rational(30000, 1001))
        #expect(String(decoding: try JSONEncoder().encode([value]), as: UTF8.self) == #"["30000\/1001"]"#)
        #expect(try JSONDecoder().decode([Rational].self, from: Data(#"["30000/1001","16:9"]"#.utf8)).first == value)
        for text in [#"["1/0"]"#, #"[25]"#, #"["9223372036854775808/1"]"#, #"[null]"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([Rational].self, from: Data(text.utf8)) }
        }
    }
}
