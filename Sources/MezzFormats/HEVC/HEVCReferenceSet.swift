/// A short-term reference picture set (H.265 7.3.7, 7.4.8).
package struct HEVCReferenceSet: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// Picture order count relative to the current picture: DeltaPocS0 or DeltaPocS1; never 0.
        package let delta: Int
        /// Whether the current picture may refer to it, rather than later ones only.
        package let isUsed: Bool
    }

    /// Earlier pictures, the nearest first, then later ones, the nearest first.
    package let entries: [Entry]

    private static let mostEntries = 16

    /// - Parameters:
    ///   - sets: The sets of the sequence before this one, which it may be predicted from.
    ///   - isInSlice: Whether the set is in a slice header, where `sets` are all of the sequence.
    static func read(
        _ bits: inout BitReader, after sets: [HEVCReferenceSet], isInSlice: Bool
    ) throws(FormatError) -> HEVCReferenceSet {
        let isPredicted = try bits.flag(if: !sets.isEmpty)
        let set = isPredicted ? try predicted(&bits, sets, isInSlice) : try explicit(&bits)
        guard set.entries.count <= mostEntries else {
            throw FormatError(.invalid, "a reference picture set of \(set.entries.count)", at: bits.position)
        }
        return set
    }

    private static func explicit(_ bits: inout BitReader) throws(FormatError) -> HEVCReferenceSet {
        let counts = [
            try bits.unsigned(upTo: mostEntries, "num_negative_pics"),
            try bits.unsigned(upTo: mostEntries, "num_positive_pics"),
        ]
        var entries: [Entry] = []
        for (count, sign) in zip(counts, [-1, 1]) {
            var delta = 0
            for _ in 0..<count {
                delta += sign * (try bits.unsigned(upTo: 0x7FFF, "delta_poc_minus1") + 1)
                entries.append(Entry(delta: delta, isUsed: try bits.flag()))
            }
        }
        return HEVCReferenceSet(entries: entries)
    }

    /// Another set as the current picture sees it, with that set's own picture; equations 7-61 and 7-62 come to an
    /// order by distance.
    private static func predicted(
        _ bits: inout BitReader, _ sets: [HEVCReferenceSet], _ isInSlice: Bool
    ) throws(FormatError) -> HEVCReferenceSet {
        let back = try isInSlice ? bits.unsigned(upTo: sets.count - 1, "delta_idx_minus1") + 1 : 1
        let isNegative = try bits.flag()
        let distance = try bits.unsigned(upTo: 0x7FFF, "abs_delta_rps_minus1") + 1
        let shift = isNegative ? -distance : distance
        var entries: [Entry] = []
        for delta in sets[sets.count - back].entries.map(\.delta) + [0] {
            let isUsed = try bits.flag()
            // use_delta_flag
            let isKept = try bits.flag(if: !isUsed) || isUsed
            if isKept, delta + shift != 0 { entries.append(Entry(delta: delta + shift, isUsed: isUsed)) }
        }
        let earlier = entries.filter { $0.delta < 0 }.sorted { $0.delta > $1.delta }
        let later = entries.filter { $0.delta > 0 }.sorted { $0.delta < $1.delta }
        return HEVCReferenceSet(entries: earlier + later)
    }
}

/// The pictures that stay in the decoded picture buffer while a picture is decoded (H.265 8.3.2).
package struct HEVCReferences: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// The picture's order count; only its low bits where `isWhole` is `false`.
        package let orderCount: Int
        package let isWhole: Bool
        package let isLongTerm: Bool
        /// Whether the current picture may refer to it, rather than later ones only.
        package let isUsed: Bool
    }

    /// An IRAP picture that starts a coded video sequence: all other references go (NoRaslOutputFlag).
    package let startsSequence: Bool
    /// NoOutputOfPriorPicsFlag as far as headers tell: pictures not yet output are discarded.
    package let discardsOutput: Bool
    package let entries: [Entry]
}

/// A long-term entry of a slice header.
package struct HEVCLongTermEntry: Hashable, Sendable {
    /// pocLsbLt
    package let low: Int
    package let isUsed: Bool
    /// DeltaPocMsbCycleLt; `nil` where the low bits alone identify the picture.
    package let cycle: Int?

    /// The picture it means (equation 8-5).
    func resolved(orderCount: Int, lowBits: Int) -> HEVCReferences.Entry {
        guard let cycle else {
            return HEVCReferences.Entry(orderCount: low, isWhole: false, isLongTerm: true, isUsed: isUsed)
        }
        let size = 1 << lowBits
        let whole = orderCount &- cycle &* size &- (orderCount & (size - 1)) &+ low
        return HEVCReferences.Entry(orderCount: whole, isWhole: true, isLongTerm: true, isUsed: isUsed)
    }
}

extension HEVCReferences {
    init(
        _ slice: HEVCSliceHeader, _ fields: HEVCIndependentFields, orderCount: Int,
        _ sequence: HEVCSequenceParameters, _ startsSequence: Bool, _ discardsOutput: Bool
    ) {
        // An IRAP picture may carry a set for its trailing pictures; at a start nothing of it is there.
        let shortTerm = fields.shortTerm.entries.map {
            Entry(orderCount: orderCount &+ $0.delta, isWhole: true, isLongTerm: false, isUsed: $0.isUsed)
        }
        let longTerm = fields.longTerm.map { $0.resolved(orderCount: orderCount, lowBits: sequence.orderCountBits) }
        self.init(
            startsSequence: startsSequence, discardsOutput: discardsOutput,
            entries: startsSequence ? [] : shortTerm + longTerm)
    }
}
