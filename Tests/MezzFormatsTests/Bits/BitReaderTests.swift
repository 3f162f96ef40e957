import MezzFormats
import Testing

@Suite("Bits of a NAL unit")
struct BitReaderTests {
    @Test("numbers of all lengths come back as they were written", arguments: [false, true])
    func roundTrip(_ isEscaped: Bool) throws {
        let codes = [0, 1, 2, 3, 7, 8, 255, 65535, 1 << 31, (1 << 32) - 2]
        let signed = [0, 1, -1, 2, -2, 40_000, -40_000, Int(Int32.max), -Int(Int32.max)]
        var writer = BitWriter()
        for code in codes { writer.unsigned(code) }
        for code in signed { writer.signed(code) }
        for length in 1...63 { writer.put(1 << (length - 1), length) }
        let bytes = isEscaped ? BitWriter.escaped(writer.bytes) : writer.bytes
        var reader = try BitReader(bytes, 0..<bytes.count, isEscaped: isEscaped)
        for code in codes { #expect(try reader.unsigned() == code) }
        for code in signed { #expect(try reader.signed() == code) }
        for length in 1...63 { #expect(try reader.bits(length) == 1 << (length - 1)) }
    }

    @Test("emulation prevention bytes are left out, wherever they are")
    func emulationPrevention() throws {
        let bytes: [UInt8] = [0, 0, 3, 0, 0, 3, 1, 0, 0, 3, 3, 3, 0, 0, 3]
        var reader = try BitReader(bytes, 0..<bytes.count)
        let payload: [Int] = [0, 0, 0, 0, 1, 0, 0, 3, 3, 0, 0]
        for byte in payload { #expect(try reader.bits(8) == byte) }
        #expect(throws: FormatError.self) { try reader.bits(1) }
        var plain = try BitReader(bytes, 0..<bytes.count, isEscaped: false)
        for byte in bytes { #expect(try plain.bits(8) == Int(byte)) }
    }

    @Test("nothing is read beyond the range, and nothing before it matters")
    func range() throws {
        var reader = try BitReader([0, 0, 3, 0xFF, 0xFF], 2..<4)
        #expect(try reader.bits(16) == 0x3FF)
        #expect(throws: FormatError.self) { try reader.flag() }
        #expect(throws: FormatError.self) { try BitReader([1, 2], 1..<3) }
        #expect(throws: FormatError.self) { try BitReader([1, 2], -1..<1) }
    }

    @Test("a number of more than 32 bits is refused")
    func tooLong() throws {
        let bytes = [UInt8](repeating: 0, count: 40)
        var reader = try BitReader(bytes, 0..<bytes.count, isEscaped: false)
        #expect(throws: FormatError(.invalid, "a number beyond 32 bits", at: 4)) { try reader.unsigned() }
    }

    @Test("data ends at the stop bit, whatever zeros follow")
    func moreData() throws {
        for tail in [[], [0], [0, 0, 3, 0, 0, 3], [0, 0, 3]] as [[UInt8]] {
            for (byte, more) in [(0b1010_1000, 4), (0b1000_0000, 0), (0b0000_0001, 7), (0b1111_1111, 7)] {
                let bytes = [0x55, UInt8(byte)] + tail
                var reader = try BitReader(bytes, 0..<bytes.count)
                #expect(reader.hasMoreData)
                _ = try reader.bits(8)
                for _ in 0..<more {
                    #expect(reader.hasMoreData)
                    _ = try reader.bits(1)
                }
                #expect(!reader.hasMoreData)
            }
        }
        let empty = try BitReader([0, 0, 0], 0..<3)
        #expect(!empty.hasMoreData)
    }
}
