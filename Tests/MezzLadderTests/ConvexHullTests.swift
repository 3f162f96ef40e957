import MezzLadder
import Testing

@Suite("Convex hull")
struct ConvexHullTests {
    @Test("dominated and interior points go, the first of equal points stays")
    func small() {
        #expect(convexHull(rates: [], distortions: []).isEmpty)
        #expect(convexHull(rates: [1], distortions: [5]) == [0])
        #expect(convexHull(rates: [2, 2, 2], distortions: [5, 5, 5]) == [0])
        #expect(convexHull(rates: [1, 2, 3], distortions: [9, 9, 9]) == [0])
        // (2, 8) lies above the line from (1, 10) to (3, 1).
        #expect(convexHull(rates: [3, 1, 2], distortions: [1, 10, 8]) == [1, 0])
        #expect(convexHull(rates: [1, 2, 3, 4], distortions: [10, 5, 3, 4]) == [0, 1, 2])
    }

    @Test("the hull is convex, falls, and lies under every point", arguments: 0..<100)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...60, using: &random)
        let rates = (0..<count).map { _ in Double(Int.random(in: 1...40, using: &random)) }
        let distortions = (0..<count).map { _ in Double(Int.random(in: 0...40, using: &random)) }
        let hull = convexHull(rates: rates, distortions: distortions)
        let steps = zip(hull, hull.dropFirst()).map { (rates[$1] - rates[$0], distortions[$1] - distortions[$0]) }
        #expect(steps.allSatisfy { $0.0 > 0 && $0.1 < 0 })
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.1 / $0.0 < $1.1 / $1.0 })
        for i in rates.indices {
            #expect(distortions[i] >= lowerBound(rates[i], hull, rates, distortions) - 1e-9)
        }
    }

    /// The hull's distortion at a rate; flat to the right, unbounded to the left.
    private func lowerBound(_ rate: Double, _ hull: [Int], _ rates: [Double], _ distortions: [Double]) -> Double {
        for (a, b) in zip(hull, hull.dropFirst()) where rate >= rates[a] && rate <= rates[b] {
            let fraction = (rate - rates[a]) / (rates[b] - rates[a])
            return distortions[a] + fraction * (distortions[b] - distortions[a])
        }
        guard let last = hull.last else { return -.infinity }
        return rate >= rates[last] ? distortions[last] : .infinity
    }
}
