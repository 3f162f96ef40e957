extension Audience {
    /// Refuses tables that say nothing, contradict each other or hold impossible values.
    func validate() throws(LadderError) {
        if viewers.isEmpty, bandwidth.isEmpty { throw .badAudience("it has neither viewers nor bandwidth") }
        if !viewers.isEmpty, !(bandwidth.isEmpty && displays.isEmpty) {
            throw .badAudience("viewers says what bandwidth and displays say: only one of them may be there")
        }
        for (name, count) in [
            ("bandwidth", bandwidth.count), ("displays", displays.count), ("viewers", viewers.count),
        ] {
            try LadderError.check(count, "number of entries in \(name)", range: 0...Self.mostEntries)
        }
        if let rungs {
            try LadderError.check(rungs, "rungs of the audience", range: 1...LadderGoal.countRange.upperBound)
        }
        try validateEntries()
    }

    private func validateEntries() throws(LadderError) {
        for kbps in bandwidth.map(\.kbps) + viewers.map(\.kbps) {
            try LadderError.check(kbps, "bandwidth in kbit/s", range: 0.001...1e9)
        }
        for height in displays.map(\.height) + viewers.map(\.height) {
            try LadderError.check(height, "height of a display", range: 1...65_536)
        }
        // Normalised together: the bounds keep sums of 10,000 of them finite and none of them lost.
        for share in bandwidth.map(\.share) + displays.map(\.share) + viewers.map(\.share) {
            try LadderError.check(share, "share of viewers", range: 1e-12...1e12)
        }
    }
}
