/// The descriptors of AV1 beside f(n) (AV1 bitstream specification, 4.10).
extension BitCursor {
    /// leb128(): seven bits a byte, the least significant first; at most eight bytes and 32 bits.
    mutating func leb128() throws(FormatError) -> Int {
        var value = 0
        for index in 0..<8 {
            let byte = try bits(8)
            value |= (byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 {
                guard value <= Int(UInt32.max) else { break }
                return value
            }
        }
        throw FormatError(.invalid, "a number beyond 32 bits", at: byte)
    }

    /// su(n): a signed number of `count` bits.
    mutating func signed(_ count: Int) throws(FormatError) -> Int {
        let value = try bits(count)
        return value >= 1 << (count - 1) ? value - 1 << count : value
    }

    /// ns(n): a number below `limit`, in as few bits as even use of them allows.
    mutating func below(_ limit: Int) throws(FormatError) -> Int {
        guard limit > 1 else { return 0 }
        let width = Int.bitWidth - limit.leadingZeroBitCount
        let short = 1 << width - limit
        let value = try bits(width - 1)
        if value < short { return value }
        return value << 1 - short + (try bits(1))
    }

    /// uvlc(): zeros, a one, and as many bits as there were zeros.
    mutating func uvlc() throws(FormatError) -> Int {
        var zeros = 0
        while try !flag() { zeros += 1 }
        return zeros < 32 ? try bits(zeros) + 1 << zeros - 1 : Int(UInt32.max)
    }

    /// The unsigned part of decode_signed_subexp_with_ref() for numbers below `limit` (5.9.26 to 5.9.28): what it is
    /// does not matter here, how long it is does.
    mutating func skipSubexponential(below limit: Int) throws(FormatError) {
        var step = 0
        var floor = 0
        while true {
            let width = step == 0 ? 3 : 2 + step
            let size = 1 << width
            if limit <= floor + 3 * size {
                _ = try below(limit - floor)
                return
            }
            guard try flag() else {
                try skip(bits: width)
                return
            }
            step += 1
            floor += size
        }
    }
}
