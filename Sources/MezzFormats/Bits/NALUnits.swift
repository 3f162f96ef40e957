/// How NAL units follow each other.
package enum NALFraming: Hashable, Sendable {
    /// Each after its length, a big-endian number of 1, 2 or 4 bytes (ISO/IEC 14496-15, 5.3.3.1.3: lengthSizeMinusOne).
    case lengths(Int)
    /// Each after a start code (H.264 and H.265 Annex B).
    case startCodes
}

/// The NAL units of a sample or of a byte stream, found without copying.
package struct NALUnits {
    private let bytes: [UInt8]
    private let framing: NALFraming
    private let end: Int
    private var next: Int

    /// - Throws: `FormatError` when `range` leaves the bytes, or for a length size other than 1, 2 and 4.
    package init(_ bytes: [UInt8], _ range: Range<Int>, _ framing: NALFraming) throws(FormatError) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw FormatError(.truncated, "a sample ends early", at: range.lowerBound)
        }
        if case .lengths(let size) = framing, ![1, 2, 4].contains(size) {
            throw FormatError(.invalid, "NAL unit lengths of \(size) bytes", at: range.lowerBound)
        }
        self.bytes = bytes
        self.framing = framing
        end = range.upperBound
        next = range.lowerBound
        if framing == .startCodes { next = startCode(from: next)?.upperBound ?? end }
    }

    package init(_ bytes: [UInt8], _ framing: NALFraming) throws(FormatError) {
        try self.init(bytes, 0..<bytes.count, framing)
    }

    /// Where the next NAL unit that is not empty is, its header included; `nil` after the last.
    package mutating func nextUnit() throws(FormatError) -> Range<Int>? {
        while next < end {
            let unit: Range<Int>
            switch framing {
            case .lengths(let size): unit = try lengthPrefixed(size)
            case .startCodes: unit = delimited()
            }
            if !unit.isEmpty { return unit }
        }
        return nil
    }

    private mutating func lengthPrefixed(_ size: Int) throws(FormatError) -> Range<Int> {
        guard size <= end - next else { throw FormatError(.truncated, "the length of a NAL unit ends early", at: next) }
        let length = bytes[next..<next + size].reduce(0) { $0 << 8 | Int($1) }
        let start = next + size
        guard length <= end - start else {
            throw FormatError(.truncated, "a NAL unit is longer than its sample", at: next)
        }
        next = start + length
        return start..<next
    }

    private mutating func delimited() -> Range<Int> {
        let start = next
        let code = startCode(from: start)
        next = code?.upperBound ?? end
        // Zeros before a start code belong to it, or are trailing_zero_8bits.
        var last = code?.lowerBound ?? end
        while last > start, bytes[last - 1] == 0 { last -= 1 }
        return start..<last
    }

    /// The first 0, 0, 1 at or after `start`.
    private func startCode(from start: Int) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index + 2 < end {
                // A third byte above 1 rules out a start code at all three places.
                if bytes[index + 2] > 1 {
                    index += 3
                } else if bytes[index + 2] == 1, bytes[index + 1] | bytes[index] == 0 {
                    return index..<index + 3
                } else {
                    index += 1
                }
            }
            return nil
        }
    }
}
