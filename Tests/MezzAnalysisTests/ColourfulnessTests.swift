import MezzAnalysis
import Testing

@Suite("Colourfulness")
struct ColourfulnessTests {
    @Test("grey has none")
    func grey() {
        let plane = DrawnPlane(33, 9) { _, _ in 128 }
        #expect(plane.with(plane, Colourfulness.measure) == 0)
    }

    @Test("chroma alone says what red, green and blue say", arguments: [(240, 135), (9, 3), (3, 3)])
    func twin(_ width: Int, _ height: Int) throws {
        let (cb, cr) = (DrawnPlane.random(width, height, seed: 5), DrawnPlane.random(width, height, seed: 6))
        let found = try #require(cb.with(cr, Colourfulness.measure))
        var redGreen: [Double] = []
        var yellowBlue: [Double] = []
        for (u, v) in zip(cb.samples, cr.samples) {
            let (b, r) = ((Double(u) - 128) * 255 / 224, (Double(v) - 128) * 255 / 224)
            let (red, green, blue) = (90 + 1.5748 * r, 90 - 0.1873 * b - 0.4681 * r, 90 + 1.8556 * b)
            redGreen.append(red - green)
            yellowBlue.append((red + green) / 2 - blue)
        }
        let means = [redGreen, yellowBlue].map { $0.reduce(0, +) / Double($0.count) }
        let plain =
            (variance(redGreen) + variance(yellowBlue)).squareRoot()
            + 0.3 * (means[0] * means[0] + means[1] * means[1]).squareRoot()
        #expect(abs(found - plain) <= 1e-4 * plain)
    }
}
