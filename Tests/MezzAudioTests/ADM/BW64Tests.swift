import Foundation
import MezzAudio
import MezzFormats
import MezzTestKit
import Testing

@Suite("WAVE files with ADM")
struct BW64Tests {
    private static let two: [[Float]] = [[0, 0.5, -0.5, 0.25], [0, 0, 0, 1]]

    @Test("RIFF, RF64 and BW64 tell the same", arguments: ["RIFF", "RF64", "BW64"])
    func kinds(_ kind: String) throws {
        var fixture = BW64Fixture(channels: Self.two, xml: "<a/>")
        fixture.kind = kind
        fixture.rows = [
            (1, "ATU_00000001", "AC_00010001_00", "AP_00010002"), (2, "ATU_00000002", "AT_00010002_01", ""),
        ]
        let file = try BW64File(Array(fixture.data))
        #expect(file.container.rawValue == kind)
        #expect(file.format.channels == 2 && file.format.sampleRate == 48_000 && file.format.bitsPerSample == 24)
        #expect(file.frames == 4 && file.missingBytes == 0)
        #expect(file.xml.map { String(decoding: $0, as: UTF8.self) } == "<a/>")
        #expect(file.tracks?.map(\.format) == ["AC_00010001", "AT_00010002_01"])
        #expect(file.tracks?.map(\.channel) == [1, 2])
        #expect(file.tracks?.map(\.pack) == ["AP_00010002", ""])
    }

    @Test("chunks of odd length and unknown ones are passed over")
    func oddChunks() throws {
        var fixture = BW64Fixture(channels: Self.two)
        fixture.extra = [("bext", Array(repeating: 7, count: 603)), ("JUNK", [1])]
        #expect(try BW64File(Array(fixture.data)).frames == 4)
    }

    @Test("a file that ends early keeps the samples it has")
    func cutOff() throws {
        let data = BW64Fixture(channels: Self.two).data
        let file = try BW64File(Array(data.dropLast(7)))
        #expect(file.frames == 2)
        #expect(file.missingBytes == 7)
    }

    @Test("the rows of a chna chunk that are not in use are left out")
    func unusedRows() throws {
        var fixture = BW64Fixture(channels: Self.two)
        fixture.rows = [(1, "ATU_00000001", "", ""), (0, "", "", "")]
        #expect(try BW64File(Array(fixture.data)).tracks?.count == 1)
    }

    @Test("no prefix of a file makes the reader fail otherwise than by an error")
    func prefixes() throws {
        var fixture = BW64Fixture(channels: Self.two, rows: [(1, "ATU_00000001", "", "")], xml: "<a/>")
        fixture.kind = "BW64"
        let bytes = Array(fixture.data)
        let whole = try BW64File(bytes)
        for length in 0..<bytes.count {
            guard let file = try? BW64File(Array(bytes[..<length])) else { continue }
            #expect(file.frames <= whole.frames && file.samples.upperBound <= length)
        }
    }

    @Test("no byte of the headers, whatever it says, makes the reader read beyond the file")
    func everyByte() throws {
        var fixture = BW64Fixture(channels: Self.two, rows: [(1, "ATU_00000001", "", "")], xml: "<a/>")
        fixture.kind = "RF64"
        let bytes = Array(fixture.data)
        var read = 0
        for place in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var other = bytes
                other[place] = value
                guard let file = try? BW64File(other) else { continue }
                read += 1
                #expect(file.samples.upperBound <= other.count && file.samples.lowerBound <= file.samples.upperBound)
            }
        }
        // Most bytes are names and samples, which any value may stand in.
        #expect(read > bytes.count)
    }

    @Test("what is no such file is refused")
    func refused() {
        let fixture = BW64Fixture(channels: Self.two)
        let bytes = Array(fixture.data)
        let head = Array(bytes[..<12])
        let noData = BW64Fixture.chunk("data", [])
        var foreign = bytes
        foreign[3] = UInt8(ascii: "X")
        var video = bytes
        video.replaceSubrange(8..<12, with: Array("AVI ".utf8))
        var coded = fixture.format
        coded[0] = 0x55
        // Also: two data chunks, no fmt chunk, and fmt chunks of a codec and cut off.
        let wrong: [[UInt8]] = [
            [], Array("RIFF".utf8), foreign, video, bytes + BW64Fixture.chunk("data", [1, 2]), head + noData,
            head + BW64Fixture.chunk("fmt ", coded) + noData,
            head + BW64Fixture.chunk("fmt ", Array(fixture.format[..<9])) + noData,
        ]
        for bytes in wrong { #expect(throws: FormatError.self) { try BW64File(bytes) } }
    }

    @Test("a chna chunk that promises more rows than it holds is refused")
    func shortRows() {
        var fixture = BW64Fixture(channels: Self.two)
        fixture.rows = nil
        fixture.extra = [("chna", [9, 0, 9, 0] + [UInt8](repeating: 0, count: 40))]
        #expect(throws: FormatError.self) { try BW64File(Array(fixture.data)) }
    }
}
