import MezzAnalysis
import Testing

@Suite("Optical flow")
struct OpticalFlowTests {
    @Test(
        "a moved texture has moved as far",
        arguments: [
            (0.5, 0.0), (0, 0.5), (1, 0), (-1.5, 0), (0, 2), (2, -2), (3, 1), (-4, 0), (0, 5), (6, 0), (4, 4), (-6, 3),
        ])
    func translation(_ dx: Double, _ dy: Double) throws {
        let (width, height) = (240, 136)
        let flow = OpticalFlow(width: width, height: height)
        let still = DrawnPlane.texture(width, height)
        let length = try #require(
            still.with(.texture(width, height, movedBy: dx, dy)) { flow.meanLength($0, $1, in: $0.whole) })
        let distance = (dx * dx + dy * dy).squareRoot()
        #expect(abs(length - distance) <= 0.05 * distance + 0.1, "\(length)")
        var worst = 0.0
        for y in stride(from: 24, to: height - 24, by: 4) {
            for x in stride(from: 24, to: width - 24, by: 4) {
                let found = flow.displacement(x: x, y: y)
                worst = max(worst, abs(Double(found.x) - dx), abs(Double(found.y) - dy))
            }
        }
        #expect(worst <= 0.05 * distance + 0.15, "\(worst)")
    }

    @Test("a picture that stands still has not moved, nor has a flat one that flickers")
    func still() throws {
        let flow = OpticalFlow(width: 240, height: 136)
        let texture = DrawnPlane.texture(240, 136)
        #expect(try #require(texture.with(texture) { flow.meanLength($0, $1, in: $0.whole) }) < 1e-4)
        let (dark, light) = (DrawnPlane(240, 136) { _, _ in 60 }, DrawnPlane(240, 136) { _, _ in 200 })
        #expect(try #require(dark.with(light) { flow.meanLength($0, $1, in: $0.whole) }) < 1e-4)
    }

    @Test("noise alone hardly moves", arguments: [1.0, 2])
    func noise(_ deviation: Double) throws {
        let flow = OpticalFlow(width: 240, height: 136)
        for plane in [DrawnPlane.texture(240, 136), DrawnPlane(240, 136) { _, _ in 120 }] {
            let length = try #require(
                plane.noisy(deviation, seed: 1).with(plane.noisy(deviation, seed: 2)) {
                    flow.meanLength($0, $1, in: $0.whole)
                })
            #expect(length < 0.06, "\(length)")
        }
    }

    @Test("what was seen before leaves no trace")
    func memory() throws {
        let flow = OpticalFlow(width: 120, height: 68)
        let still = DrawnPlane.texture(120, 68)
        func length(_ dx: Double) throws -> Double {
            try #require(still.with(.texture(120, 68, movedBy: dx)) { flow.meanLength($0, $1, in: $0.whole) })
        }
        let first = try length(1)
        _ = try length(6)
        #expect(try length(1) == first)
    }

    @Test(
        "any size is safe, and too small a one tells nothing",
        arguments: [(2, 2), (480, 2), (2, 270), (22, 22), (24, 24), (26, 62), (50, 98), (480, 64), (153, 271)])
    func sizes(_ width: Int, _ height: Int) throws {
        let flow = OpticalFlow(width: width, height: height)
        let (first, second) = (
            DrawnPlane.random(width, height, seed: 1, extreme: true),
            DrawnPlane.random(width, height, seed: 2, extreme: true)
        )
        let length = try #require(first.with(second) { flow.meanLength($0, $1, in: $0.whole) })
        #expect(length.isFinite && length >= 0 && length < 80)
        if min(width, height) < 24 { #expect(length == 0) }
    }
}
