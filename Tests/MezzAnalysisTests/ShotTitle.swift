import MezzAnalysis
import MezzCore
import MezzPixels

/// Titles of pictures that are drawn in the test.
struct SyntheticTitle {
    private var frames: [[UInt8]] = []

    var count: Int { frames.count }

    /// What part of a scene a camera sees: its place in samples, and how far it is away.
    struct View {
        var x = 0.0
        var y = 0.0
        var distance = 1.0
    }

    /// A scene of blobs, told apart by its number, that moves at `speed` samples a frame.
    func shot(_ number: Int, frames count: Int, speed: Double = 1) -> SyntheticTitle {
        shot(number, frames: count) { View(x: Double($0) * speed) }
    }

    func shot(_ number: Int, frames count: Int, view: (Int) -> View) -> SyntheticTitle {
        adding((0..<count).map { Self.scene(number, view($0)) })
    }

    /// The samples of some frames changed: called with frame, row and value.
    func changed(_ range: Range<Int>, _ change: (Int, Int, Double) -> Double) -> SyntheticTitle {
        var title = self
        for frame in range {
            title.frames[frame] = frames[frame].enumerated().map { at, value in
                UInt8(min(255, max(0, change(frame, at / Thumbnail.width, Double(value)).rounded())))
            }
        }
        return title
    }

    /// A straight edge that lets the second scene in from the left.
    func wipe(_ first: Int, _ second: Int, frames count: Int) -> SyntheticTitle {
        let (a, b) = (Self.scene(first, View()), Self.scene(second, View()))
        return adding(
            (1...count).map { frame in
                let edge = Thumbnail.width * frame / (count + 1)
                return a.indices.map { $0 % Thumbnail.width < edge ? b[$0] : a[$0] }
            })
    }

    /// To or from a flat picture of the level.
    func fade(_ number: Int, frames count: Int, out: Bool, level: UInt8 = 16) -> SyntheticTitle {
        let whole = Self.scene(number, View())
        let flat = [UInt8](repeating: level, count: Thumbnail.lumaBytes)
        return adding(
            (1...count).map { Self.mix(out ? whole : flat, out ? flat : whole, Double($0) / Double(count + 1)) })
    }

    func dissolve(_ first: Int, _ second: Int, frames count: Int) -> SyntheticTitle {
        let (a, b) = (Self.scene(first, View()), Self.scene(second, View()))
        return adding((1...count).map { Self.mix(a, b, Double($0) / Double(count + 1)) })
    }

    func level(_ value: UInt8, frames count: Int) -> SyntheticTitle {
        adding([[UInt8]](repeating: [UInt8](repeating: value, count: Thumbnail.lumaBytes), count: count))
    }

    func noise(frames count: Int, _ random: inout SplitMix) -> SyntheticTitle {
        adding(
            (0..<count).map { _ in (0..<Thumbnail.lumaBytes).map { _ in UInt8.random(in: 0...255, using: &random) } })
    }

    func shots() -> [Shot] {
        var scanner = ShotScanner()
        let chroma = [UInt8](repeating: 128, count: Thumbnail.bytes - Thumbnail.lumaBytes)
        for luma in frames { (luma + chroma).withUnsafeBytes { scanner.add($0) } }
        return ShotDetector().shots(scanner.finish(), frames: frames.count)
    }

    private func adding(_ more: [[UInt8]]) -> SyntheticTitle {
        var title = self
        title.frames += more
        return title
    }

    private static func mix(_ a: [UInt8], _ b: [UInt8], _ part: Double) -> [UInt8] {
        zip(a, b).map { UInt8((Double($0) * (1 - part) + Double($1) * part).rounded()) }
    }

    /// Smooth noise on two lattices, coarse and fine: no repeating pattern, so that a search cannot mistake one place
    /// for another. Every scene has a light of its own.
    private static func scene(_ number: Int, _ view: View) -> [UInt8] {
        let coarse = Lattice(seed: number, cell: 16)
        let fine = Lattice(seed: number + 1000, cell: 5)
        let light = 40 + Double(number % 4) * 25
        var luma: [UInt8] = []
        luma.reserveCapacity(Thumbnail.lumaBytes)
        for row in 0..<Thumbnail.height {
            for column in 0..<Thumbnail.width {
                let x = Double(column - Thumbnail.width / 2) * view.distance + Double(Thumbnail.width / 2) + view.x
                let y = Double(row - Thumbnail.height / 2) * view.distance + Double(Thumbnail.height / 2) + view.y
                luma.append(UInt8(light + 60 * coarse.value(x, y) + 60 * fine.value(x, y)))
            }
        }
        return luma
    }
}

/// Random values on a grid, blended in between.
private struct Lattice {
    let seed: Int
    let cell: Int

    func value(_ x: Double, _ y: Double) -> Double {
        let left = Int((x / Double(cell)).rounded(.down))
        let across = x / Double(cell) - Double(left)
        let top = Int((y / Double(cell)).rounded(.down))
        let down = y / Double(cell) - Double(top)
        let upper = corner(left, top) * (1 - across) + corner(left + 1, top) * across
        let lower = corner(left, top + 1) * (1 - across) + corner(left + 1, top + 1) * across
        return upper * (1 - down) + lower * down
    }

    private func corner(_ x: Int, _ y: Int) -> Double {
        var random = SplitMix(state: UInt64(bitPattern: Int64(seed &* 7_919 &+ x &* 104_729 &+ y &* 1_299_709)))
        return Double(random.next() % 1024) / 1024
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
