extension AV1FrameHeaderReader {
    /// References, size and motion vectors of an inter frame (5.9.2).
    mutating func readReferences() throws(FormatError) {
        let isShort = sequence.enablesOrderHint ? try cursor.flag() : false
        if isShort {
            let last = try cursor.bits(3)
            let golden = try cursor.bits(3)
            header.references = try AV1ShortReferences(sequence, slots, orderHint: header.orderHint)
                .all(last: last, golden: golden, at: cursor.byte)
        }
        for index in 0..<7 {
            if !isShort { header.references.append(try cursor.bits(3)) }
            var isThere = slots[header.references[index]] != nil
            if let bits = sequence.frameIDBits {
                let back = try cursor.bits(sequence.deltaFrameIDBits) + 1
                let expected = (header.frameID - back) & (1 << bits - 1)
                isThere = slots[header.references[index]]?.frameID == expected
            }
            if !isThere { header.missingReferences += 1 }
        }
        if header.overridesSize, !header.isErrorResilient {
            try readSizeWithReferences()
        } else {
            try readSize()
        }
        allowsHighPrecisionMotionVectors = header.forcesIntegerMotionVectors ? false : try cursor.flag()
        // is_filter_switchable, interpolation_filter, is_motion_mode_switchable, use_ref_frame_mvs
        if try !cursor.flag() { try cursor.skip(bits: 2) }
        try cursor.skip(bits: 1)
        if !header.isErrorResilient, sequence.enablesReferenceFrameMotionVectors { try cursor.skip(bits: 1) }
    }

    /// Whether the frame may use skip mode (5.9.22): it needs a reference on each side, or two on the near one.
    var allowsSkipMode: Bool {
        guard !header.isIntra, header.mixesReferences, sequence.enablesOrderHint else { return false }
        let hints = header.references.map { slots.orderHint($0) }
        let before = hints.filter { sequence.distance($0, header.orderHint) < 0 }
        guard var nearest = before.first else { return false }
        for hint in before where sequence.distance(hint, nearest) > 0 { nearest = hint }
        return hints.contains { sequence.distance($0, header.orderHint) > 0 }
            || hints.contains { sequence.distance($0, nearest) < 0 }
    }
}

/// The set_frame_refs process (7.8): seven references made of two and the order of display.
struct AV1ShortReferences {
    /// Order hints of the slots, moved so that the frame's own is `own`.
    private let hints: [Int]
    private let own: Int
    private var used = 0

    init(_ sequence: AV1SequenceHeader, _ slots: AV1ReferenceSlots, orderHint: Int) {
        let own = 1 << max(0, sequence.orderHintBits - 1)
        self.own = own
        hints = slots.orderHints.map { own + sequence.distance($0, orderHint) }
    }

    /// Slots from LAST to ALTREF.
    func all(last: Int, golden: Int, at byte: Int) throws(FormatError) -> [Int] {
        var search = self
        guard hints[last & 7] < own, hints[golden & 7] < own else {
            throw FormatError(.invalid, "a past reference that is not past", at: byte)
        }
        search.used = 1 << last | 1 << golden
        var references = Array(repeating: -1, count: 7)
        references[0] = last
        references[3] = golden
        // ALTREF lies farthest ahead, BWDREF and ALTREF2 next.
        references[6] = search.take(latest: true, isAhead: true) ?? -1
        references[4] = search.take(latest: false, isAhead: true) ?? -1
        references[5] = search.take(latest: false, isAhead: true) ?? -1
        // LAST2, LAST3, BWDREF, ALTREF2, ALTREF: the nearest of the past.
        for place in [1, 2, 4, 5, 6] where references[place] < 0 {
            references[place] = search.take(latest: true, isAhead: false) ?? -1
        }
        let earliest = hints.indices.min { hints[$0] < hints[$1] } ?? 0
        return references.map { $0 < 0 ? earliest : $0 }
    }

    /// The latest or earliest unused slot ahead of or behind the frame. Of equals the later slot is the latest, the
    /// earlier one the earliest.
    private mutating func take(latest: Bool, isAhead: Bool) -> Int? {
        var found: Int?
        for index in hints.indices where used >> index & 1 == 0 && (hints[index] >= own) == isAhead {
            guard let best = found else {
                found = index
                continue
            }
            if latest ? hints[index] >= hints[best] : hints[index] < hints[best] { found = index }
        }
        if let found { used |= 1 << found }
        return found
    }
}
