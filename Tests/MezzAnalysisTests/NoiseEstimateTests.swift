import MezzAnalysis
import Testing

@Suite("The level of noise")
struct NoiseEstimateTests {
    @Test("noise on a slope is read within 15%", arguments: [1.0, 2, 3, 4, 6, 8])
    func noise(_ deviation: Double) throws {
        let slope = DrawnPlane(480, 64) { x, y in 60 + x / 4 + y / 8 }
        for seed in 1...3 {
            let level = try #require(slope.noisy(deviation, seed: UInt64(seed)).with(NoiseEstimate.deviation) ?? nil)
            #expect(abs(level - deviation) <= 0.15 * deviation, "\(level)")
        }
    }

    @Test("texture in half of the picture does not count as noise")
    func halfTexture() throws {
        let texture = DrawnPlane.texture(480, 64)
        let half = DrawnPlane(480, 64) { x, y in x < 200 ? 100 : Double(texture[Int(x), Int(y)]) }
        let level = try #require(half.noisy(2, seed: 9).with(NoiseEstimate.deviation) ?? nil)
        #expect(abs(level - 2) < 0.4, "\(level)")
    }

    @Test("a clean slope has next to none, a flat picture none")
    func clean() throws {
        let slope = DrawnPlane(480, 64) { x, _ in 60 + x / 4 }
        let flat = DrawnPlane(480, 64) { _, _ in 90 }
        #expect(try #require(slope.with(NoiseEstimate.deviation) ?? nil) < 0.4)
        #expect(try #require(flat.with(NoiseEstimate.deviation) ?? nil) == 0)
    }

    @Test("the strongest pattern there is does not overflow")
    func extreme() throws {
        let board = DrawnPlane(480, 64) { x, y in (Int(x) + Int(y)) % 2 == 0 ? 255 : 0 }
        let level = try #require(board.with(NoiseEstimate.deviation) ?? nil)
        #expect(abs(level - (Double.pi / 2).squareRoot() / 6 * 2040) < 1e-6)
    }

    @Test("black, white and tiny pictures tell nothing", arguments: [0.0, 16, 255])
    func nothing(_ level: Double) throws {
        let plane = DrawnPlane(480, 64) { _, _ in level }
        #expect(try #require(plane.with(NoiseEstimate.deviation)) == nil)
        let letters = DrawnPlane(480, 64) { x, _ in x < 80 && Int(x / 3) % 2 == 0 ? 200 : level }
        #expect(try #require(letters.with(NoiseEstimate.deviation)) == nil)
        #expect(try #require(DrawnPlane(30, 4) { _, _ in 100 }.with(NoiseEstimate.deviation)) == nil)
    }
}
