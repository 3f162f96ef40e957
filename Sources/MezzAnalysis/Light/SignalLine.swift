import MezzCore

/// One line of a picture at a time, turned into signals of the brightest colour, eight pixels at once.
final class SignalLine {
    private typealias Lane = SIMD8<Int16>
    /// Chroma of no colour.
    private static let middle: Int16 = 1 << (LightScale.bits - 1)

    /// The signals of the line last read, in steps of 14 bits, 0..<`LightScale.signals`.
    let signals: UnsafeMutablePointer<Int16>
    /// What the brightest colour lies above luma, by pixel.
    private let differences: UnsafeMutablePointer<Int16>
    /// Copies of lines, filled up to whole vectors with their last sample: what lies behind a line's end is then no
    /// brighter than the line.
    private let copies: [UnsafeMutablePointer<Int16>]
    private let width: Int
    private let bits: Int
    private let scale: LightScale

    init(_ format: LightFormat, _ scale: LightScale) {
        width = format.size.width
        bits = format.bits
        self.scale = scale
        let room = (width + 31) / 16 * 16
        func line() -> UnsafeMutablePointer<Int16> {
            let raw = UnsafeMutableRawPointer.allocate(byteCount: 2 * room, alignment: 64)
            let samples = raw.bindMemory(to: Int16.self, capacity: room)
            samples.initialize(repeating: 0, count: room)
            return samples
        }
        signals = line()
        differences = line()
        copies = [line(), line(), line()]
    }

    deinit {
        for line in copies + [signals, differences] { line.deallocate() }
    }

    /// Reads a line of RGB.
    /// - Returns: Its brightest signal.
    func readColors(_ green: UnsafeRawPointer, _ blue: UnsafeRawPointer, _ red: UnsafeRawPointer) -> Int16 {
        let (g, b, r) = (copy(green, width, 0), copy(blue, width, 1), copy(red, width, 2))
        let target = vectors(signals)
        var brightest = Lane.zero
        for place in 0..<(width + 7) / 8 {
            let value = Self.larger(Self.larger(step(g[place]), step(b[place])), step(r[place]))
            target[place] = value
            brightest = Self.larger(brightest, value)
        }
        return brightest.max()
    }

    /// Reads a line of chroma, which lines of luma follow.
    /// - Parameter isHalved: Each sample stands for two pixels: for those that it covers, without interpolation, so that
    ///   nothing is measured that the stream does not hold.
    func readChroma(_ blue: UnsafeRawPointer, _ red: UnsafeRawPointer, count: Int, isHalved: Bool) {
        let (b, r) = (copy(blue, count, 0), copy(red, count, 1))
        let target = vectors(differences)
        for place in 0..<(count + 7) / 8 {
            let value = difference(step(b[place]) &- Self.middle, step(r[place]) &- Self.middle)
            guard isHalved else {
                target[place] = value
                continue
            }
            var pairs = SIMD16<Int16>()
            pairs.evenHalf = value
            pairs.oddHalf = value
            target[2 * place] = pairs.lowHalf
            target[2 * place + 1] = pairs.highHalf
        }
    }

    /// Reads a line of luma, with the chroma read before.
    /// - Returns: Its brightest signal.
    func readLuma(_ luma: UnsafeRawPointer) -> Int16 {
        let (y, chroma, target) = (copy(luma, width, 2), vectors(differences), vectors(signals))
        var brightest = Lane.zero
        for place in 0..<(width + 7) / 8 {
            let value = step(y[place]) &+ chroma[place]
            target[place] = value
            brightest = Self.larger(brightest, value)
        }
        return brightest.max()
    }

    /// The largest of what chroma adds to red, to blue and to green; never negative.
    @inline(__always)
    private func difference(_ blue: Lane, _ red: Lane) -> Lane {
        let (b, r) = (SIMD8<Float>(small: blue), SIMD8<Float>(small: red))
        let green = r * scale.greenRed + b * scale.greenBlue
        var most = r * scale.red
        let second = b * scale.blue
        most.replace(with: second, where: second .> most)
        most.replace(with: green, where: green .> most)
        let whole = unsafeBitCast(most.rounded.whole, to: SIMD16<Int16>.self).evenHalf
        return Self.larger(whole, .zero)
    }

    /// Samples in steps of 14 bits, without bits that they do not have.
    @inline(__always)
    private func step(_ samples: Lane) -> Lane {
        (samples & Int16(1 << bits - 1)) &<< Lane(repeating: Int16(scale.shift))
    }

    @inline(__always)
    private static func larger(_ left: Lane, _ right: Lane) -> Lane {
        left.replacing(with: right, where: right .> left)
    }

    private func vectors(_ line: UnsafeMutablePointer<Int16>) -> UnsafeMutablePointer<Lane> {
        UnsafeMutableRawPointer(line).assumingMemoryBound(to: Lane.self)
    }

    /// - Parameter number: Of the copy.
    private func copy(_ source: UnsafeRawPointer, _ count: Int, _ number: Int) -> UnsafeMutablePointer<Lane> {
        let line = copies[number]
        UnsafeMutableRawPointer(line).copyMemory(from: source, byteCount: 2 * count)
        let last = line[count - 1]
        for place in count..<(count + 7) / 8 * 8 { line[place] = last }
        return vectors(line)
    }
}
