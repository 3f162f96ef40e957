import MezzFormats
import Testing

@Suite("NAL units of samples and byte streams")
struct NALUnitsTests {
    @Test("lengths of 1, 2 and 4 bytes lead from unit to unit", arguments: [1, 2, 4])
    func lengths(_ size: Int) throws {
        let units: [[UInt8]] = [[1], [2, 0, 0, 1], [], [3, 4]]
        var bytes: [UInt8] = []
        for unit in units {
            for place in (0..<size).reversed() { bytes.append(UInt8(unit.count >> (8 * place) & 0xFF)) }
            bytes += unit
        }
        #expect(try Self.all(bytes, .lengths(size)) == units.filter { !$0.isEmpty })
    }

    @Test("start codes of three and four bytes and trailing zeros belong to no unit")
    func startCodes() throws {
        let bytes: [UInt8] = [0, 0, 0, 1, 7, 0, 1, 0, 0, 1, 8, 0, 0, 0, 0, 1, 9, 0, 0, 3, 1, 0, 0, 1, 5, 5, 0, 0]
        #expect(try Self.all(bytes, .startCodes) == [[7, 0, 1], [8], [9, 0, 0, 3, 1], [5, 5]])
        #expect(try Self.all([0, 0, 0], .startCodes).isEmpty)
        #expect(try Self.all([1, 2, 3, 4, 5], .startCodes).isEmpty)
        #expect(try Self.all([0, 0, 1], .startCodes).isEmpty)
        #expect(try Self.all([], .startCodes).isEmpty)
    }

    @Test("start codes are found at every offset")
    func everyOffset() throws {
        for before in 0..<7 {
            for length in 1..<7 {
                let unit = [UInt8](repeating: 0x42, count: length)
                let bytes = [UInt8](repeating: 9, count: before) + [0, 0, 1] + unit + [0, 0, 1, 6]
                #expect(try Self.all(bytes, .startCodes) == [unit, [6]])
            }
        }
    }

    @Test("a length beyond the sample, half a length and an odd length size are refused")
    func hostile() {
        #expect(throws: FormatError.self) { try Self.all([0, 0, 0, 9, 1], .lengths(4)) }
        #expect(throws: FormatError.self) { try Self.all([0xFF, 0xFF, 0xFF, 0xFF, 1], .lengths(4)) }
        #expect(throws: FormatError.self) { try Self.all([0, 1, 5, 0], .lengths(2)) }
        #expect(throws: FormatError.self) { try Self.all([0, 1, 5], .lengths(3)) }
        #expect(throws: FormatError.self) { try NALUnits([1], 0..<2, .startCodes) }
    }

    private static func all(_ bytes: [UInt8], _ framing: NALFraming) throws -> [[UInt8]] {
        var units = try NALUnits(bytes, framing)
        var found: [[UInt8]] = []
        while let unit = try units.nextUnit() { found.append(Array(bytes[unit])) }
        return found
    }
}
