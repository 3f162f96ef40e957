/// Writes a reference picture set: by itself, or predicted from the one before when `flags` are given.
struct HEVCSetRecipe {
    /// Distances from entry to entry, and whether each is used.
    var earlier: [(Int, Bool)] = []
    var later: [(Int, Bool)] = []
    var shift = 0
    /// used_by_curr_pic_flag and use_delta_flag of each entry and of the set's own picture.
    var flags: [(Bool, Bool)] = []

    func write(_ writer: inout BitWriter, isFirst: Bool) {
        if !isFirst { writer.flag(!flags.isEmpty) }
        guard flags.isEmpty else {
            writer.flag(shift < 0)
            writer.unsigned(abs(shift) - 1)
            for (isUsed, isKept) in flags {
                writer.flag(isUsed)
                if !isUsed { writer.flag(isKept) }
            }
            return
        }
        writer.unsigned(earlier.count)
        writer.unsigned(later.count)
        for (distance, isUsed) in earlier + later {
            writer.unsigned(distance - 1)
            writer.flag(isUsed)
        }
    }
}

/// Writes a sequence parameter set and its picture parameter set; order counts have 4 low bits.
struct HEVCSequenceRecipe {
    var sets: [HEVCSetRecipe] = []
    /// Low bits and whether the picture is used.
    var longTerm: [(Int, Bool)]?

    var units: [[UInt8]] {
        var sequence = BitWriter()
        sequence.put(0, 7)
        sequence.flag(true)
        // Main profile, level 3.
        for (value, length) in [(1, 8), (0x6000_0000, 32), (0x9000_0000_0000, 48), (90, 8)] {
            sequence.put(value, length)
        }
        for number in [0, 1, 160, 96] { sequence.unsigned(number) }
        sequence.flag(false)
        for number in [0, 0, 0] { sequence.unsigned(number) }
        // One entry for all sub-layers, then block sizes.
        sequence.flag(false)
        for number in [4, 2, 0, 0, 3, 0, 3, 0, 0] { sequence.unsigned(number) }
        for _ in 0..<4 { sequence.flag(false) }
        sequence.unsigned(sets.count)
        for (index, set) in sets.enumerated() { set.write(&sequence, isFirst: index == 0) }
        sequence.flag(longTerm != nil)
        if let longTerm {
            sequence.unsigned(longTerm.count)
            for (low, isUsed) in longTerm {
                sequence.put(low, 4)
                sequence.flag(isUsed)
            }
        }
        for _ in 0..<4 { sequence.flag(false) }
        var picture = BitWriter()
        for number in [0, 0] { picture.unsigned(number) }
        picture.put(0, 7)
        for number in [0, 0, 0] { picture.unsigned(number) }
        picture.put(0, 3)
        for number in [0, 0] { picture.unsigned(number) }
        // From pps_slice_chroma_qp_offsets_present_flag to lists_modification_present_flag.
        picture.put(0, 10)
        picture.unsigned(0)
        picture.put(0, 2)
        return [sequence.unit([0x42, 0x01]), picture.unit([0x44, 0x01])]
    }
}

/// Writes the slice segment of an intra picture.
struct HEVCSliceRecipe {
    var type = 1
    var temporal = 0
    var low = 0
    var isFirst = true
    /// The sequence's reference set; one of its own without pictures where it is `nil`.
    var set: Int?
    /// Low bits and cycle; without low bits the sequence's first entry.
    var longTerm: [(low: Int?, cycle: Int?)] = []

    /// - Parameters:
    ///   - setCount: Sets of the sequence, 0 to 2.
    ///   - hasLongTerm: Whether the sequence has one long-term entry.
    func unit(setCount: Int = 0, longTerm hasLongTerm: Bool = false) -> [UInt8] {
        var writer = BitWriter()
        writer.flag(isFirst)
        if type >= 16 { writer.flag(false) }
        writer.unsigned(0)
        // slice_segment_address among 6 blocks of 64 samples
        if !isFirst { writer.put(1, 3) }
        writer.unsigned(2)
        if type != 19, type != 20 {
            writer.put(low, 4)
            writer.flag(set != nil)
            if let set {
                if setCount == 2 { writer.put(set, 1) }
            } else {
                HEVCSetRecipe().write(&writer, isFirst: setCount == 0)
            }
            if hasLongTerm { writeLongTerm(&writer) }
        }
        writer.put(0xABCD, 16)
        return writer.unit([UInt8(type << 1), UInt8(temporal + 1)])
    }

    private func writeLongTerm(_ writer: inout BitWriter) {
        let fromSequence = longTerm.count { $0.low == nil }
        writer.unsigned(fromSequence)
        writer.unsigned(longTerm.count - fromSequence)
        for entry in longTerm {
            if let low = entry.low {
                writer.put(low, 4)
                writer.flag(false)
            }
            writer.flag(entry.cycle != nil)
            if let cycle = entry.cycle { writer.unsigned(cycle) }
        }
    }
}
