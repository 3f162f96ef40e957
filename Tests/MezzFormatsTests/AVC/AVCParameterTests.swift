import MezzFormats
import Testing

@Suite("AVC parameter sets that no encoder at hand writes")
struct AVCParameterTests {
    @Test("slice groups of every kind are stepped over", arguments: 0...6)
    func sliceGroups(_ kind: Int) throws {
        var writer = BitWriter()
        for number in [7, 2] { writer.unsigned(number) }
        for flag in [true, true] { writer.flag(flag) }
        writer.unsigned(2)
        writer.unsigned(kind)
        switch kind {
        case 0: for run in [5, 6, 7] { writer.unsigned(run) }
        case 2: for corner in [1, 20, 30, 50] { writer.unsigned(corner) }
        case 3...5:
            writer.flag(true)
            writer.unsigned(9)
        case 6:
            writer.unsigned(59)
            for unit in 0..<60 { writer.put(unit % 3, 2) }
        default: break
        }
        for number in [4, 1] { writer.unsigned(number) }
        writer.flag(true)
        writer.put(2, 2)
        for number in [-6, 3, -2] { writer.signed(number) }
        for flag in [true, false, true] { writer.flag(flag) }
        let unit = writer.unit([])
        let set = try AVCPictureParameters.read(unit, 0..<unit.count, sequences: [:])
        #expect([set.id, set.sequenceID, set.sliceGroups, set.weightsB, set.initialQuantizer] == [7, 2, 3, 2, 20])
        #expect(set.defaultReferences == [5, 2])
        #expect(set.usesCABAC && set.tellsBottomOrder && set.weightsP && set.controlsDeblocking)
        #expect(!set.isIntraConstrained && set.allowsRedundantPictures && !set.uses8x8Transform)
    }

    @Test("a map of slice groups larger than its bytes is refused")
    func endlessMap() {
        var writer = BitWriter()
        for number in [0, 0] { writer.unsigned(number) }
        writer.put(0, 2)
        for number in [7, 6, (1 << 32) - 2] { writer.unsigned(number) }
        let unit = writer.unit([])
        #expect(throws: FormatError.self) { try AVCPictureParameters.read(unit, 0..<unit.count, sequences: [:]) }
    }

    @Test("codec strings say profile, constraints and level")
    func codecString() throws {
        let reader = try AVCStreamReader(parameterSets: AVCSequenceRecipe().units)
        let sequence = try #require(reader.sequences[0])
        #expect(sequence.codecString() == "avc1.4d001e")
        #expect(sequence.codecString(entry: "avc3") == "avc3.4d001e")
        #expect([sequence.width, sequence.height] == [160, 96])
    }
}
