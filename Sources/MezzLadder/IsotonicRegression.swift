/// The nearest falling sequence to noisy values, in the least squares sense.
///
/// Pool adjacent violators (Ayer, Brunk et al., 1955): neighbours that rise are replaced by their mean. A curve
/// through the result keeps every ordered measurement and averages only those that contradict each other.
func fallingSequence(_ values: [Double]) -> [Double] {
    var pools: [(sum: Double, count: Int)] = []
    for value in values {
        pools.append((value, 1))
        while pools.count > 1, risesAtEnd(pools) {
            let last = pools.removeLast()
            pools[pools.count - 1].sum += last.sum
            pools[pools.count - 1].count += last.count
        }
    }
    return pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
}

private func risesAtEnd(_ pools: [(sum: Double, count: Int)]) -> Bool {
    let (before, last) = (pools[pools.count - 2], pools[pools.count - 1])
    return last.sum / Double(last.count) > before.sum / Double(before.count)
}
