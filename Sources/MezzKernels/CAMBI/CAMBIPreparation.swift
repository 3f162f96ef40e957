import MezzPixels

/// Brings luma to 10 bits and marks the samples of flat surroundings (steps 1 to 3 of CAMBI).
///
/// Marked samples get their top bit set, so that mask and image are carried, and later reduced, together.
struct CAMBIPreparation {
    typealias Lane = SIMD16<UInt16>

    let source: PlaneView
    let flatThreshold: Int
    /// Where the picture goes at full size, and with even rows and columns only.
    let full: CAMBIPlane?
    let half: CAMBIPlane?

    private var width: Int { source.width }
    private var height: Int { source.height }

    func run(rows: Range<Int>) {
        let values = CAMBIRing(width: width, rows: 8)
        let flats = CAMBIRing(width: width, rows: 8)
        let sums = CAMBIRing(width: width, rows: 1)
        defer {
            values.free()
            flats.free()
            sums.free()
        }
        let first = max(0, rows.lowerBound - 3)
        convert(first, to: values.row(first))
        for row in first..<rows.upperBound + 3 {
            if row + 1 < height { convert(row + 1, to: values.row(row + 1)) }
            let below = values.row(min(row + 1, height - 1))
            // Nothing is flat below the picture; the ring starts empty, as above it.
            count(row < height ? values.row(row) : nil, below, oldest: flats.row(row + 1), flats.row(row), sums.row(0))
            if rows.contains(row - 3) { mark(row - 3, values.row(row - 3), sums.row(0)) }
        }
    }

    /// One row in 10 bits, with its last sample repeated once.
    private func convert(_ row: Int, to out: UnsafeMutableRawPointer) {
        let here = source.base + row * source.strideBytes
        let below = source.base + min(row + 1, height - 1) * source.strideBytes
        switch source.bitDepth {
        case 8: smooth8(here, below, out)
        case 9: smooth9(here, below, out)
        default: reduce(here, out)
        }
        let end = out.assumingMemoryBound(to: UInt16.self) + width
        end[0] = end[-1]
    }

    /// Mean of four samples, edges repeated, in 10 bits: their plain sum.
    private func smooth8(
        _ here: UnsafeMutableRawPointer, _ below: UnsafeMutableRawPointer, _ out: UnsafeMutableRawPointer
    ) {
        for at in stride(from: 0, to: width, by: 16) {
            let left = Self.wide(here + at) &+ Self.wide(below + at)
            let right = Self.wide(here + at + 1) &+ Self.wide(below + at + 1)
            out.storeBytes(of: left &+ right, toByteOffset: at * 2, as: Lane.self)
        }
        let last = width - 1
        let corner = UInt16(here.load(fromByteOffset: last, as: UInt8.self))
        let under = UInt16(below.load(fromByteOffset: last, as: UInt8.self))
        out.storeBytes(of: (corner + under) * 2, toByteOffset: last * 2, as: UInt16.self)
    }

    private func smooth9(
        _ here: UnsafeMutableRawPointer, _ below: UnsafeMutableRawPointer, _ out: UnsafeMutableRawPointer
    ) {
        for at in stride(from: 0, to: width * 2, by: 32) {
            let left = Self.load(here + at) &+ Self.load(below + at)
            let right = Self.load(here + at + 2) &+ Self.load(below + at + 2)
            out.storeBytes(of: (left &+ right) &>> 1, toByteOffset: at, as: Lane.self)
        }
        let last = (width - 1) * 2
        let corner = here.load(fromByteOffset: last, as: UInt16.self)
        out.storeBytes(
            of: corner &+ below.load(fromByteOffset: last, as: UInt16.self), toByteOffset: last, as: UInt16.self)
    }

    /// Rounds to 10 bits; the rounding bit is added after the shift, which cannot overflow.
    private func reduce(_ here: UnsafeMutableRawPointer, _ out: UnsafeMutableRawPointer) {
        let shift = UInt16(source.bitDepth - 10)
        guard shift > 0 else { return out.copyMemory(from: here, byteCount: width * 2) }
        for at in stride(from: 0, to: width * 2, by: 32) {
            let sample = Self.load(here + at)
            let rounding = (sample &>> Lane(repeating: shift - 1)) & 1
            out.storeBytes(of: (sample &>> Lane(repeating: shift)) &+ rounding, toByteOffset: at, as: Lane.self)
        }
    }

    /// Adds a row of flat samples (equal to the right and lower neighbour) to the sums over seven rows.
    private func count(
        _ here: UnsafeMutableRawPointer?, _ below: UnsafeMutableRawPointer, oldest: UnsafeMutableRawPointer,
        _ flats: UnsafeMutableRawPointer, _ sums: UnsafeMutableRawPointer
    ) {
        for at in stride(from: 0, to: width * 2, by: 32) {
            var flat = Lane(repeating: 0)
            if let here {
                let sample = Self.load(here + at)
                let unequal = (sample ^ Self.load(here + at + 2)) | (sample ^ Self.load(below + at))
                // Samples have 11 bits: the top bit stays where there is nothing to subtract.
                flat = (Lane(repeating: 0x8000) &- unequal) &>> 15
            }
            let sum = Self.load(sums + at) &+ flat &- Self.load(oldest + at)
            flats.storeBytes(of: flat, toByteOffset: at, as: Lane.self)
            sums.storeBytes(of: sum, toByteOffset: at, as: Lane.self)
        }
        (sums + width * 2).storeBytes(of: Lane(repeating: 0), as: Lane.self)
    }

    /// Writes a row with its marks.
    private func mark(_ row: Int, _ values: UnsafeMutableRawPointer, _ sums: UnsafeMutableRawPointer) {
        let threshold = Lane(repeating: UInt16(clamping: flatThreshold))
        let full = full?.row(row)
        let half = row & 1 == 0 ? half?.row(row >> 1) : nil
        guard full != nil || half != nil else { return }
        for at in stride(from: 0, to: width * 2, by: 64) {
            let left = Self.marked(values + at, sums + at, threshold)
            let right = Self.marked(values + at + 32, sums + at + 32, threshold)
            if let full {
                full.storeBytes(of: left, toByteOffset: at, as: Lane.self)
                full.storeBytes(of: right, toByteOffset: at + 32, as: Lane.self)
            }
            if let half { half.storeBytes(of: Self.evens(left, right), toByteOffset: at >> 1, as: Lane.self) }
        }
    }

    @inline(__always)
    private static func marked(
        _ values: UnsafeMutableRawPointer, _ sums: UnsafeMutableRawPointer, _ threshold: Lane
    ) -> Lane {
        let near = load(sums - 2) &+ load(sums) &+ load(sums + 2)
        let far = (load(sums - 6) &+ load(sums - 4)) &+ (load(sums + 4) &+ load(sums + 6))
        // The top bit of the difference is its sign.
        return load(values) | ((threshold &- near &- far) & 0x8000)
    }

    @inline(__always)
    static func load(_ from: UnsafeMutableRawPointer) -> Lane { from.loadUnaligned(as: Lane.self) }

    @inline(__always)
    private static func wide(_ from: UnsafeMutableRawPointer) -> Lane {
        var bytes = SIMD32<UInt8>(repeating: 0)
        bytes.evenHalf = from.loadUnaligned(as: SIMD16<UInt8>.self)
        return unsafeBitCast(bytes, to: Lane.self)
    }

    /// Every other number of two vectors, as the low halves of 32-bit numbers.
    @inline(__always)
    static func evens(_ left: Lane, _ right: Lane) -> Lane {
        let pairs = unsafeBitCast(SIMD32(lowHalf: left, highHalf: right), to: SIMD16<UInt32>.self)
        return Lane(truncatingIfNeeded: pairs)
    }
}
