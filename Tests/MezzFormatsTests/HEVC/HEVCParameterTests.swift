import MezzFormats
import Testing

@Suite("HEVC parameter sets that no encoder at hand writes")
struct HEVCParameterTests {
    @Test("tiles of any widths, scaling lists and dependent slices")
    func tiles() throws {
        var writer = BitWriter()
        for number in [5, 3] { writer.unsigned(number) }
        // Dependent slices and output flags, two extra bits.
        for flag in [true, true] { writer.flag(flag) }
        writer.put(2, 3)
        writer.put(0, 2)
        for number in [3, 1] { writer.unsigned(number) }
        writer.signed(-10)
        writer.put(0b001, 3)
        writer.unsigned(2)
        for _ in 0..<2 { writer.signed(-3) }
        // Chroma offsets, weights, bypass, tiles, wavefronts.
        for flag in [true, true, false, true, true, true] { writer.flag(flag) }
        for number in [2, 1] { writer.unsigned(number) }
        writer.flag(false)
        for size in [4, 5, 6] { writer.unsigned(size) }
        for flag in [true, true] { writer.flag(flag) }
        // Deblocking with offsets.
        for flag in [true, false, false] { writer.flag(flag) }
        for _ in 0..<2 { writer.signed(2) }
        writer.flag(true)
        for size in 0..<4 { Self.writeLists(&writer, size) }
        writer.flag(true)
        writer.unsigned(1)
        for flag in [true, false] { writer.flag(flag) }
        let unit = writer.unit([])
        let set = try HEVCPictureParameters.read(unit, 0..<unit.count)
        #expect([set.id, set.sequenceID, set.extraSliceBits, set.initialQuantizer] == [5, 3, 2, 16])
        #expect(set.defaultReferences == [4, 2])
        #expect([set.tileColumns, set.tileRows] == [3, 2])
        #expect(set.allowsDependentSlices && set.tellsOutput && set.weightsP && !set.weightsB && set.allowsBypass)
        #expect(set.hasWavefronts && set.filtersAcrossSlices && set.hasScalingLists && set.modifiesLists)
        #expect(set.hasSliceExtension && !set.hasExtension)
        for length in unit.indices {
            #expect(throws: FormatError.self) { try HEVCPictureParameters.read(unit, 0..<length) }
        }
    }

    /// The lists of one size: the first coded, the others predicted.
    private static func writeLists(_ writer: inout BitWriter, _ size: Int) {
        writer.flag(true)
        if size > 1 { writer.signed(7) }
        for value in 0..<(size == 0 ? 16 : 64) { writer.signed(value - 30) }
        for _ in 1..<(size == 3 ? 2 : 6) {
            writer.flag(false)
            writer.unsigned(1)
        }
    }

    @Test("codec strings say profile, compatibility, tier, level and constraints")
    func codecString() throws {
        let reader = try HEVCStreamReader(parameterSets: HEVCSequenceRecipe().units)
        let profile = try #require(reader.sequences[0]?.profile)
        #expect(profile.codecString() == "hvc1.1.6.L90.90")
        #expect(profile.codecString(entry: "hev1") == "hev1.1.6.L90.90")
    }
}
