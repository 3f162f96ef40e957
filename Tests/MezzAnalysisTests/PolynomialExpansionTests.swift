import Foundation
import MezzAnalysis
import Testing

@Suite("Polynomial expansion")
struct PolynomialExpansionTests {
    @Test("a quadratic picture gives its own coefficients away from the edges")
    func exact() {
        let (width, height) = (29, 21)
        let picture = FloatField(width: width, height: height)
        func value(_ x: Double, _ y: Double) -> Double { 3 + 2 * x - y + 0.25 * x * x - 0.5 * y * y + 0.75 * x * y }
        for y in 0..<height { for x in 0..<width { picture.row(y)[x] = Float(value(Double(x), Double(y))) } }
        let expansion = PolynomialExpansion(width: width, height: height)
        expansion.expand(picture)
        for y in 2..<height - 2 {
            for x in 2..<width - 2 {
                let (dx, dy) = (2 + 0.5 * Float(x) + 0.75 * Float(y), -1 - Float(y) + 0.75 * Float(x))
                #expect(abs(expansion.bx.row(y)[x] - dx) < 2e-3 && abs(expansion.by.row(y)[x] - dy) < 2e-3)
                #expect(abs(expansion.axx.row(y)[x] - 0.25) < 2e-3 && abs(expansion.ayy.row(y)[x] + 0.5) < 2e-3)
                #expect(abs(expansion.axy.row(y)[x] - 0.375) < 2e-3)
            }
        }
    }

    @Test("it is the least-squares fit with Gaussian weights, edges repeated", arguments: [(8, 1), (1, 8), (19, 13)])
    func twin(_ width: Int, _ height: Int) {
        let plane = DrawnPlane.random(width, height, seed: 7)
        let picture = FloatField(width: width, height: height)
        for y in 0..<height { for x in 0..<width { picture.row(y)[x] = Float(plane[x, y]) } }
        let expansion = PolynomialExpansion(width: width, height: height)
        expansion.expand(picture)
        for y in 0..<height {
            for x in 0..<width {
                let fit = Self.fit { dx, dy in
                    Double(plane[min(max(x + dx, 0), width - 1), min(max(y + dy, 0), height - 1)])
                }
                let found = [expansion.bx, expansion.by, expansion.axx, expansion.ayy, expansion.axy].map {
                    Double($0.row(y)[x])
                }
                for (one, other) in zip(found, [fit[1], fit[2], fit[3], fit[4], fit[5] / 2]) {
                    #expect(abs(one - other) < 1e-2)
                }
            }
        }
    }

    /// Coefficients of 1, x, y, x², y² and xy by the normal equations, solved by elimination.
    private static func fit(_ sample: (Int, Int) -> Double) -> [Double] {
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: 7), count: 6)
        for dy in -2...2 {
            for dx in -2...2 {
                let (x, y) = (Double(dx), Double(dy))
                let base = [1, x, y, x * x, y * y, x * y]
                let weight = exp(-(x * x + y * y) / (2 * 1.1 * 1.1))
                for row in 0..<6 {
                    for column in 0..<6 { matrix[row][column] += weight * base[row] * base[column] }
                    matrix[row][6] += weight * base[row] * sample(dx, dy)
                }
            }
        }
        for pivot in 0..<6 {
            for row in 0..<6 where row != pivot {
                let share = matrix[row][pivot] / matrix[pivot][pivot]
                for column in 0..<7 { matrix[row][column] -= share * matrix[pivot][column] }
            }
        }
        return (0..<6).map { matrix[$0][6] / matrix[$0][$0] }
    }
}
