/// Positions of the points on the lower left convex hull in (rate, distortion), by rising rate.
///
/// From the cheapest point each next one buys the most distortion per rate, so slopes flatten along the result.
/// Dominated points are left out; of equal points the first given stays. Andrew's monotone chain.
package func convexHull(rates: [Double], distortions: [Double]) -> [Int] {
    let order = zip(rates, distortions).enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        return (a.0, a.1, left.offset) < (b.0, b.1, right.offset)
    }
    return convexHull(ordered: order.map(\.offset), rates: rates, distortions: distortions)
}

/// As above, for positions already ordered by rate, then distortion.
func convexHull(ordered: some Sequence<Int>, rates: [Double], distortions: [Double]) -> [Int] {
    var hull: [Int] = []
    for next in ordered {
        if let last = hull.last, distortions[next] >= distortions[last] { continue }
        if let last = hull.last, rates[next] <= rates[last] { hull.removeLast() }
        while hull.count > 1, isAbove(hull[hull.count - 1], from: hull[hull.count - 2], to: next, rates, distortions) {
            hull.removeLast()
        }
        hull.append(next)
    }
    return hull
}

/// True when `middle` lies on or above the line from `from` to `to`.
private func isAbove(_ middle: Int, from: Int, to: Int, _ rates: [Double], _ distortions: [Double]) -> Bool {
    (distortions[middle] - distortions[from]) * (rates[to] - rates[from])
        >= (distortions[to] - distortions[from]) * (rates[middle] - rates[from])
}
