import Foundation
import MezzPixels
import Testing

@Suite("Fingerprint")
struct FingerprintTests {
    @Test("a constant picture is its mean and nothing else", arguments: [0, 1, 16, 128, 235, 255] as [UInt8])
    func constant(_ level: UInt8) {
        let print = Self.fingerprint { _, _ in level }
        #expect(print.values[0] == Int16(level) * 16)
        #expect(print.values.dropFirst().allSatisfy { $0 == 0 })
    }

    @Test(
        "two constant pictures are as far apart as their levels",
        arguments: [(0, 255), (16, 17), (100, 90)] as [(UInt8, UInt8)])
    func levels(_ a: UInt8, _ b: UInt8) {
        let distance = Self.fingerprint { _, _ in a }.distance(to: Self.fingerprint { _, _ in b })
        #expect(distance == abs(Double(a) - Double(b)))
    }

    @Test("the distance is the root mean square of the difference, for what the low frequencies can show")
    func parseval() {
        let first = Self.smooth(horizontal: 2, vertical: 3, amplitude: 50)
        let second = Self.smooth(horizontal: 5, vertical: 1, amplitude: 30)
        let square = zip(first, second).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
        let exact = (square / Double(first.count)).squareRoot()
        let distance = Self.fingerprint(first).distance(to: Self.fingerprint(second))
        #expect(abs(distance - exact) < 0.2, "\(distance) is not \(exact)")
    }

    @Test("the distance is symmetric, zero to itself, and keeps the triangle inequality")
    func metric() {
        let prints = (1...4).map { Self.fingerprint(Self.smooth(horizontal: $0, vertical: 5 - $0, amplitude: 60)) }
        for a in prints {
            #expect(a.distance(to: a) == 0)
            for b in prints {
                #expect(a.distance(to: b) == b.distance(to: a))
                for c in prints { #expect(a.distance(to: c) <= a.distance(to: b) + b.distance(to: c) + 1e-9) }
            }
        }
    }

    @Test("a moved picture is told from the one before it, and further the further it moves")
    func shift() {
        let positions = [0, 2, 4, 8, 16].map { moved in
            Self.fingerprint { x, y in UInt8(128 + 80 * sin(Double(x + moved) / 9) * cos(Double(y) / 7)) }
        }
        let distances = positions.dropFirst().map { positions[0].distance(to: $0) }
        #expect(distances[0] > 3)
        #expect(distances == distances.sorted())
    }

    @Test("fine noise, which an encode removes, hardly moves it")
    func noise() {
        let clean = Self.fingerprint { x, y in UInt8(60 + x / 2 + y / 2) }
        let noisy = Self.fingerprint { x, y in UInt8(60 + x / 2 + y / 2 + ((x ^ y) & 1) * 8) }
        // The mean rises by 4; the checkerboard itself is invisible.
        #expect(abs(clean.distance(to: noisy) - 4) < 0.2)
    }

    @Test("extreme pictures stay inside 16 bits", arguments: 0..<8)
    func extremes(_ frequency: Int) {
        let print = Self.fingerprint { x, y in
            let wave = cos(Double.pi * (Double(x) + 0.5) * Double(frequency) / Double(Thumbnail.width))
            return (wave >= 0) == (y % 2 == 0 || frequency > 0) ? 255 : 0
        }
        #expect(print.values.allSatisfy { abs(Int($0)) <= 255 * 16 * 2 })
    }

    @Test("is made of exactly 64 values", arguments: [0, 63, 65])
    func count(_ count: Int) {
        #expect(Fingerprint(values: [Int16](repeating: 0, count: count)) == nil)
        #expect(Fingerprint(values: [Int16](repeating: .min, count: 64))?.values.count == 64)
    }

    @Test("the largest possible distance does not overflow")
    func overflow() throws {
        let low = try #require(Fingerprint(values: [Int16](repeating: .min, count: 64)))
        let high = try #require(Fingerprint(values: [Int16](repeating: .max, count: 64)))
        #expect(abs(low.distance(to: high) - 65535 * 8 / 16) < 1)
    }

    private static func smooth(horizontal: Int, vertical: Int, amplitude: Double) -> [UInt8] {
        var luma: [UInt8] = []
        for y in 0..<Thumbnail.height {
            for x in 0..<Thumbnail.width {
                let across = cos(Double.pi * (Double(x) + 0.5) * Double(horizontal) / Double(Thumbnail.width))
                let down = cos(Double.pi * (Double(y) + 0.5) * Double(vertical) / Double(Thumbnail.height))
                luma.append(UInt8((128 + amplitude * across * down).rounded()))
            }
        }
        return luma
    }

    private static func fingerprint(_ sample: (Int, Int) -> UInt8) -> Fingerprint {
        var luma: [UInt8] = []
        for y in 0..<Thumbnail.height { for x in 0..<Thumbnail.width { luma.append(sample(x, y)) } }
        return fingerprint(luma)
    }

    private static func fingerprint(_ luma: [UInt8]) -> Fingerprint {
        luma.withUnsafeBytes { Fingerprint(luma: $0) }
    }
}
