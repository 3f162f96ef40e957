import MezzCore
import Testing

@Suite("Resolutions")
struct ResolutionTests {
    @Test(
        "fit the 16:9 box of a nominal height",
        arguments: [
            ("1920x1080", 1080, "1920x1080"), ("1920x1080", 720, "1280x720"), ("1920x1080", 540, "960x540"),
            ("1920x1080", 360, "640x360"), ("1920x1080", 240, "426x240"), ("3840x2160", 1440, "2560x1440"),
            // Cinemascope keeps the width of its nominal height.
            ("1920x800", 1080, "1920x800"), ("1920x800", 720, "1280x534"), ("4096x1716", 2160, "3840x1608"),
            // Academy and older television keep the height.
            ("1440x1080", 720, "960x720"), ("720x576", 480, "600x480"),
            // Upright pictures fit the box turned on its side.
            ("1080x1920", 720, "720x1280"), ("1080x1920", 240, "240x426"), ("1000x1000", 720, "720x720"),
        ])
    func fitted(_ source: String, _ height: Int, _ expected: String) throws {
        #expect(try resolution(source).fitted(nominalHeight: height).description == expected)
    }

    @Test("are never scaled up", arguments: ["2x2", "64x64", "176x144", "320x180", "180x320", "1278x534"])
    func neverLarger(_ source: String) throws {
        let size = try resolution(source)
        #expect(size.fitted(nominalHeight: 2160) == size)
    }

    @Test("keep even sides and nearly their shape, whatever the source and the box")
    func even() {
        for width in stride(from: 64, through: 8192, by: 326) {
            for height in stride(from: 64, through: 8192, by: 218) {
                let source = Resolution(width: width, height: height)
                for nominal in [64, 241, 360, 719, 1080, 4320] {
                    let size = source.fitted(nominalHeight: nominal)
                    #expect(size.width % 2 == 0 && size.height % 2 == 0, "\(source) at \(nominal): \(size)")
                    #expect(size.width <= width && size.height <= height && size.pixels >= 4)
                    // Each side is at most a sample from where some one scale puts it; none is under two.
                    let across = Double(width) * Double(size.height + 1) / Double(height)
                    let narrow = Double(width) * Double(size.height - 1) / Double(height)
                    guard size.width > 2, size.height > 2 else { continue }
                    #expect(
                        narrow - 1 <= Double(size.width) && Double(size.width) <= across + 1, "\(source) to \(size)")
                }
            }
        }
    }

    @Test("senseless pictures and boxes do not trap", arguments: [0, 1, 2, 63])
    func extremes(_ side: Int) {
        for nominal in [0, 1, 2, 1 << 30] {
            let size = Resolution(width: side, height: side).fitted(nominalHeight: nominal)
            #expect(size.width >= 2 && size.height >= 2)
        }
    }

    private func resolution(_ text: String) throws -> Resolution {
        let sides = text.split(separator: "x").compactMap { Int($0) }
        try #require(sides.count == 2)
        return Resolution(width: sides[0], height: sides[1])
    }
}
