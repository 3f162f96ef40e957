/// Removes single odd samples from a marked picture and makes what the next steps need of it (step 4 of CAMBI).
struct CAMBIFilter {
    typealias Lane = SIMD16<UInt16>

    /// The marked picture of this scale.
    let source: CAMBIPlane
    /// Gets the histogram bin of every sample.
    let bins: CAMBIPlane
    /// Gets even rows and columns, marks included.
    let next: CAMBIPlane?

    func run(rows: Range<Int>) {
        let across = CAMBIRing(width: source.width, rows: 4)
        defer { across.free() }
        let first = max(0, rows.lowerBound - 1)
        filterAcross(first, to: across.row(first))
        if first < rows.lowerBound { filterAcross(rows.lowerBound, to: across.row(rows.lowerBound)) }
        for row in rows {
            if row + 1 < source.height { filterAcross(row + 1, to: across.row(row + 1)) }
            if row == 0 || row == source.height - 1 {
                // The outer rows keep what they have.
                write(row) { Self.load(source.row(row) + $0) & 0x7FFF }
            } else {
                let (above, here, below) = (across.row(row - 1), across.row(row), across.row(row + 1))
                write(row) { Self.mode(Self.load(above + $0), Self.load(here + $0), Self.load(below + $0)) }
            }
        }
    }

    private func filterAcross(_ row: Int, to out: UnsafeMutableRawPointer) {
        let from = source.row(row)
        for at in stride(from: 0, to: source.width * 2, by: 32) {
            let filtered = Self.mode(
                Self.load(from + at - 2) & 0x7FFF, Self.load(from + at) & 0x7FFF, Self.load(from + at + 2) & 0x7FFF)
            out.storeBytes(of: filtered, toByteOffset: at, as: Lane.self)
        }
        for column in [0, source.width - 1] {
            let kept = from.load(fromByteOffset: column * 2, as: UInt16.self) & 0x7FFF
            out.storeBytes(of: kept, toByteOffset: column * 2, as: UInt16.self)
        }
    }

    @inline(__always)
    private func write(_ row: Int, _ value: (Int) -> Lane) {
        let marks = source.row(row)
        let bins = bins.row(row)
        let next = row & 1 == 0 ? next?.row(row >> 1) : nil
        for at in stride(from: 0, to: source.width * 2, by: 64) {
            let left = value(at) | (Self.load(marks + at) & 0x8000)
            let right = value(at + 32) | (Self.load(marks + at + 32) & 0x8000)
            bins.storeBytes(of: CAMBIBins.bins(left), toByteOffset: at, as: Lane.self)
            bins.storeBytes(of: CAMBIBins.bins(right), toByteOffset: at + 32, as: Lane.self)
            if let next {
                next.storeBytes(of: CAMBIPreparation.evens(left, right), toByteOffset: at >> 1, as: Lane.self)
            }
        }
    }

    /// The number that occurs at least twice, else the smallest.
    @inline(__always)
    private static func mode(_ a: Lane, _ b: Lane, _ c: Lane) -> Lane {
        let smallest = smaller(smaller(a, b), c)
        return smallest.replacing(with: b, where: b .== c).replacing(with: a, where: (a .== b) .| (a .== c))
    }

    /// For numbers below 2¹⁵: the sign of the difference selects.
    @inline(__always)
    private static func smaller(_ a: Lane, _ b: Lane) -> Lane {
        let difference = b &- a
        return a &+ (difference & (Lane(repeating: 0) &- (difference &>> 15)))
    }

    @inline(__always)
    private static func load(_ from: UnsafeMutableRawPointer) -> Lane { from.loadUnaligned(as: Lane.self) }
}
