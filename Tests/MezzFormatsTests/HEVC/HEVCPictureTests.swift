import MezzFormats
import Testing

@Suite("HEVC pictures: order counts, references and boundaries, on written headers")
struct HEVCPictureTests {
    @Test("low bits that wrap count on; leading pictures and upper sub-layers leave no mark (8.3.1)")
    func wrapping() throws {
        let slices = [
            (19, 0, 0), (1, 0, 8), (0, 0, 4), (1, 1, 13), (1, 0, 15), (1, 0, 3), (0, 0, 1), (21, 0, 9), (9, 0, 6),
        ].map { HEVCSliceRecipe(type: $0.0, temporal: $0.1, low: $0.2) }
        let pictures = try Self.read(slices)
        #expect(pictures.map(\.orderCount) == [0, 8, 4, 13, 15, 19, 17, 25, 22])
        #expect(pictures.map(\.access).suffix(2) == [.cra, .none])
        #expect(pictures.last?.leading == .rasl)
        #expect(pictures.allSatisfy { $0.isOutput })
    }

    @Test("leading pictures of a CRA picture at the start, or after an end of sequence, are not shown")
    func leading() throws {
        let slices = [(21, 0), (9, 14), (7, 15), (1, 4), (21, 9), (9, 7)].map { HEVCSliceRecipe(type: $0.0, low: $0.1) }
        let pictures = try Self.read(slices, endAfter: 3)
        #expect(pictures.map(\.isOutput) == [true, false, true, true, true, false])
        #expect(pictures.map(\.orderCount) == [0, -2, -1, 4, 9, 7])
        #expect(pictures.map(\.endsSequence) == [false, false, false, true, false, false])
        let references = try #require(pictures[4].hevcReferences)
        #expect(references.startsSequence && references.discardsOutput && references.entries.isEmpty)
    }

    @Test("reference sets predicted from others are those of equations 7-61 and 7-62")
    func predictedSets() throws {
        // Set 0: -1 used, -3 unused, +2 used. Set 1: set 0 moved by -1, its own picture kept, the last entry dropped.
        let sets = [
            HEVCSetRecipe(earlier: [(1, true), (2, false)], later: [(2, true)]),
            HEVCSetRecipe(shift: -1, flags: [(true, true), (false, true), (false, false), (true, true)]),
        ]
        var reader = try HEVCStreamReader(parameterSets: HEVCSequenceRecipe(sets: sets).units)
        let sequence = try #require(reader.sequences[0])
        #expect(sequence.referenceSets[0].entries.map(\.delta) == [-1, -3, 2])
        #expect(sequence.referenceSets[0].entries.map(\.isUsed) == [true, false, true])
        #expect(sequence.referenceSets[1].entries.map(\.delta) == [-1, -2, -4])
        #expect(sequence.referenceSets[1].entries.map(\.isUsed) == [true, true, false])
        let idr = HEVCSliceRecipe(type: 19).unit(setCount: 2)
        let next = HEVCSliceRecipe(type: 1, low: 5, set: 1).unit(setCount: 2)
        let pictures = try reader.read(BitWriter.stream([idr, next]), .startCodes)
        let references = try #require(pictures[1].hevcReferences)
        #expect(references.entries.map(\.orderCount) == [4, 3, 1])
    }

    @Test("long-term pictures are named by low bits, or whole")
    func longTerm() throws {
        let sequence = HEVCSequenceRecipe(longTerm: [(2, true)])
        let recipes = [
            HEVCSliceRecipe(type: 19), HEVCSliceRecipe(type: 1, low: 6), HEVCSliceRecipe(type: 1, low: 9),
            HEVCSliceRecipe(type: 1, low: 4, longTerm: [(nil, nil), (9, 1), (3, 1)]),
        ]
        var reader = try HEVCStreamReader(parameterSets: sequence.units)
        let stream = BitWriter.stream(recipes.map { $0.unit(longTerm: true) })
        let pictures = try reader.read(stream, .startCodes)
        #expect(pictures.map(\.orderCount) == [0, 6, 9, 4])
        let references = try #require(pictures[3].hevcReferences)
        #expect(references.entries.map(\.isLongTerm) == [true, true, true])
        #expect(references.entries.map(\.isWhole) == [false, true, true])
        // 4 - 1 * 16 - 4 + 9, and 2 cycles for the next as differences add up.
        #expect(references.entries.map(\.orderCount) == [2, -7, -29])
        #expect(references.entries.map(\.isUsed) == [true, false, false])
    }

    @Test("a picture that lacks its first slice, sets beyond 16 pictures and other layers")
    func hostile() throws {
        var reader = try HEVCStreamReader(parameterSets: HEVCSequenceRecipe().units)
        let second = HEVCSliceRecipe(type: 19, isFirst: false).unit()
        #expect(throws: FormatError.self) { try reader.append(second, 0..<second.count) }
        let crowded = HEVCSequenceRecipe(sets: [HEVCSetRecipe(earlier: Array(repeating: (1, true), count: 17))])
        #expect(throws: FormatError.self) { try HEVCStreamReader(parameterSets: crowded.units) }
        let full = HEVCSequenceRecipe(sets: [
            HEVCSetRecipe(earlier: Array(repeating: (1, true), count: 16)),
            HEVCSetRecipe(shift: -1, flags: Array(repeating: (true, true), count: 17)),
        ])
        #expect(throws: FormatError.self) { try HEVCStreamReader(parameterSets: full.units) }
        let layer: [UInt8] = [0x02, 0x09, 0xFF]
        #expect(try reader.append(layer, 0..<3) == nil)
    }

    @Test("Dolby Vision units and T.35 messages are told by their codes")
    func metadata() throws {
        let provider: [UInt8] = [0xB5, 0x00, 0x3C, 0x00, 0x01, 0x04, 0x01]
        let captions: [UInt8] = [0xB5, 0x00, 0x31, 0x47, 0x41, 0x39, 0x34, 0x03]
        let sei: [UInt8] = [0x4E, 0x01, 4, 7] + provider + [4, 8] + captions + [5, 3, 1, 1, 1, 0x80]
        let units = HEVCSequenceRecipe().units + [sei, HEVCSliceRecipe(type: 19).unit(), [0x7C, 0x01, 0x19, 0x08]]
        var reader = try HEVCStreamReader()
        let pictures = try reader.read(BitWriter.stream(units), .startCodes)
        let messages = try #require(pictures.first?.messages)
        #expect(messages.registeredData == [.hdr10Plus, .captions])
        #expect(messages.types == [4, 4, 5])
        #expect(messages.dolbyVisionUnits == 1)
        #expect(pictures.first?.bytes.dolbyVision == 4)
        #expect(pictures.first?.bytes.messages == sei.count)
    }

    @Test("a message that is broken is noted, and the picture is read all the same")
    func damage() throws {
        let broken: [[UInt8]] = [
            [0x4E, 0x01, 137, 200, 1, 2, 0x80], [0x4E, 0x01, 137, 3, 1, 2, 3, 0x80], [0x4E, 0x01],
        ]
        let units = HEVCSequenceRecipe().units + broken + [HEVCSliceRecipe(type: 19).unit()]
        var reader = try HEVCStreamReader()
        let pictures = try reader.read(BitWriter.stream(units), .startCodes)
        #expect(pictures.map(\.damage.count) == [3])
        #expect(pictures.first?.messages.masteringDisplay == nil)
        #expect(pictures.first?.access == .idrWithLeading)
    }

    @Test("a sample with broken framing is forgotten, the next one read")
    func recovery() throws {
        var reader = try HEVCStreamReader(parameterSets: HEVCSequenceRecipe().units)
        let slice = HEVCSliceRecipe(type: 19).unit()
        let sample = [0, UInt8(slice.count)] + slice
        #expect(throws: FormatError.self) { try reader.read(sample + [0, 9, 1], .lengths(2)) }
        let pictures = try reader.read(sample, .lengths(2))
        #expect(pictures.map(\.bytes.slices) == [slice.count])
        #expect(pictures.map(\.slices) == [1])
    }

    private static func read(_ slices: [HEVCSliceRecipe], endAfter: Int? = nil) throws -> [CodedPicture] {
        var reader = try HEVCStreamReader(parameterSets: HEVCSequenceRecipe().units)
        var units = slices.map { $0.unit() }
        if let endAfter { units.insert([0x48, 0x01], at: endAfter + 1) }
        return try reader.read(BitWriter.stream(units), .startCodes)
    }
}

extension CodedPicture {
    fileprivate var hevcReferences: HEVCReferences? {
        guard case .hevc(let references) = references else { return nil }
        return references
    }
}
