/// An audience as the ladder sees it: groups of viewers with the same bits to spend and the same choice of sizes.
struct ViewerGroups {
    /// What a group may spend on video, bits per second, rising.
    let budgets: [Double]
    /// How many kinds of display there are, by the sizes they can be sent.
    let kinds: Int
    /// The share of all viewers in each group, 0...1, in the order kind, budget.
    private(set) var shares: [Double]

    /// A viewer with `headroom` taken off the bandwidth.
    struct Entry {
        let budget: Double
        /// Index of the tallest height the display is sent.
        let kind: Int
        let share: Double
    }

    /// The shares with `budget` to spend on a display of `kind`, by index.
    func share(kind: Int, budget: Int) -> Double { shares[kind * budgets.count + budget] }

    /// Groups entries at the given budgets, rising: each counts as the largest that is not above its own.
    ///
    /// Those below the first budget belong to no group; their shares count as not served.
    init(_ entries: [Entry], budgets: [Double], kinds: Int) {
        self.budgets = budgets
        self.kinds = kinds
        shares = Array(repeating: 0, count: kinds * budgets.count)
        let total = entries.reduce(0) { $0 + $1.share }
        for entry in entries {
            guard let index = budgets.lastIndex(notAbove: entry.budget) else { continue }
            shares[entry.kind * budgets.count + index] += entry.share / total
        }
    }
}

extension Audience {
    /// The audience's entries for sizes of these distinct `heights`, rising, at least one.
    ///
    /// Quality is measured at the title's display size, whatever the viewer's: a viewer gets the best rung that fits
    /// the bandwidth and is no taller than the display, because rungs that are taller would show no more there. A
    /// display under the smallest height is sent that.
    func entries(heights: [Int], headroom: Double) -> [ViewerGroups.Entry] {
        func kind(_ height: Int) -> Int { heights.lastIndex { $0 <= height } ?? 0 }
        guard viewers.isEmpty else {
            return viewers.map { .init(budget: $0.kbps * 1000 * headroom, kind: kind($0.height), share: $0.share) }
        }
        var displayShares = Array(repeating: 0.0, count: heights.count)
        for display in displays { displayShares[kind(display.height)] += display.share }
        if displays.isEmpty { displayShares[heights.count - 1] = 1 }
        let sum = displayShares.reduce(0, +)
        return bandwidth.flatMap { network in
            displayShares.indices.filter { displayShares[$0] > 0 }.map { kind in
                .init(
                    budget: network.kbps * 1000 * headroom, kind: kind,
                    share: network.share * (displayShares[kind] / sum))
            }
        }
    }
}

extension [Double] {
    /// The last position whose value is at most `value`, in a rising array.
    func lastIndex(notAbove value: Double) -> Int? {
        let index = firstIndex(notBelow: value.nextUp)
        return index > 0 ? index - 1 : nil
    }

    /// The first position whose value is at least `value`, in a rising array; the end when none is.
    func firstIndex(notBelow value: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
