import Testing

/// A frame of known light.
struct DrawnLight: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The brightest pixel and the mean, in cd/m².
    let most: Double
    let mean: Double
    let planes: [[UInt16]]
    var shape = Self.shape

    static let shape = PlainLight(width: 64, height: 36)

    static let all: [DrawnLight] =
        [0.1, 1, 100, 203, 1000, 4000, 10_000].map { light in
            DrawnLight(
                testDescription: "even \(light)", most: light, mean: light,
                planes: LightFilm.gray(shape, luma(light)))
        } + [
            DrawnLight(
                testDescription: "a checkerboard of 1000 and 10", most: 1000, mean: 505,
                planes: drawn { x, y in (x / 2 + y / 2) % 2 == 0 ? 1000 : 10 }),
            DrawnLight(
                testDescription: "one bright pixel", most: 4000, mean: 1 + 3999 / 2304.0,
                planes: drawn { x, y in x == 63 && y == 35 ? 4000 : 1 }),
        ] + primaries(1000)

    /// Luma of colourless light.
    private static func luma(_ light: Double) -> Int { Int((64 + 876 * PlainLight.signal(light)).rounded()) }

    private static func drawn(_ light: (Int, Int) -> Double) -> [[UInt16]] {
        var planes = LightFilm.gray(shape, 64)
        for place in planes[0].indices {
            planes[0][place] = UInt16(luma(light(place % shape.width, place / shape.width)))
        }
        return planes
    }

    /// Red, green, blue and yellow alone: as bright, by MaxRGB, as white of the same signal.
    private static func primaries(_ light: Double) -> [DrawnLight] {
        let signal = PlainLight.signal(light)
        return [("red", 1, 0, 0), ("green", 0, 1, 0), ("blue", 0, 0, 1), ("yellow", 1, 1, 0)].map { name, r, g, b in
            let (red, green, blue) = (signal * Double(r), signal * Double(g), signal * Double(b))
            let y = 0.2627 * red + 0.678 * green + 0.0593 * blue
            let codes = [64 + 876 * y, 512 + 896 * (blue - y) / 1.8814, 512 + 896 * (red - y) / 1.4746]
            let planes = zip(LightFilm.gray(shape, 0), codes).map { plane, code in
                plane.map { _ in UInt16(code.rounded()) }
            }
            return DrawnLight(testDescription: "pure \(name)", most: light, mean: light, planes: planes)
        }
    }
}
