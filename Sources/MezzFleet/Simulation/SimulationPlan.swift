/// What is simulated. Times in seconds.
package struct SimulationPlan: Sendable, Hashable, Codable {
    package var titles = 1_000
    package var workers = 10_000
    /// Median length of a title, in minutes; lengths are log-normal.
    package var minutes = 45.0
    /// Standard deviation of the logarithm of lengths.
    package var lengthSpread = 0.6
    /// Titles arrive evenly over this time.
    package var arrival = 3_600.0
    /// Share of titles that are urgent, and that are backfill.
    package var urgentShare = 0.05
    package var backfillShare = 0.2
    /// Standard deviation of the logarithm of task times around their stage's mean.
    package var taskSpread = 0.5
    /// How often a worker is taken away, per worker and hour.
    package var interruptions = 0.05
    /// Share of interruptions that come without a word; the others let a worker hand its task back.
    package var silentShare = 0.2
    /// After this time another worker stands in for one that was taken away.
    package var replacement = 120.0
    /// When a third of all workers vanish without a word, and for how long; `nil` means never.
    package var zoneLostAt: Double? = 7_200
    package var zoneLostFor = 1_800.0
    /// When the store is slow, for how long, and how much longer tasks then take.
    package var slowStoreAt: Double? = 3_600
    package var slowStoreFor = 900.0
    package var slowStoreFactor = 1.5
    package var leaseSeconds = 60.0
    package var speculation = true
    package var seed: UInt64 = 1

    package init() {}
}
