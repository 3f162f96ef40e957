/// Where rungs may lie. The initialiser holds the only copy of the defaults.
package struct LadderRules: Hashable, Codable, Sendable {
    /// Pooled VMAF above which more bits are not seen: the top rung's target. Published choices lie at 93 to 95.
    package let topVMAF: Double
    /// VMAF between neighbouring rungs: 6 is about one just noticeable difference.
    package let stepVMAF: Double
    /// Least bitrate ratio of neighbouring rungs; Apple's HLS authoring specification asks for 1.5 to 2.
    package let leastRatio: Double
    /// Largest bitrate ratio of neighbouring rungs: larger gaps make players oscillate.
    package let largestRatio: Double
    /// Bits per second under which no rung is made but the only one; Apple's lowest video rung is 145 kbit/s.
    package let leastBps: Double
    /// Pooled VMAF under which no rung is made but the only one.
    package let leastVMAF: Double
    /// Most rungs of one codec.
    package let mostRungs: Int
    /// How far a shot may lie below its rung's pooled VMAF while its CRF range allows better.
    package let floorDistance: Double
    /// Hard caps of a rung's mean bitrate by height.
    package let caps: [HeightCap]
    /// Bits per second that every rung has at least, within `minimumSlack`; nil for no such limit.
    package let minimumBps: Double?
    /// Bits per second that every rung has at most; nil for no such limit.
    package let maximumBps: Double?
    /// What all rungs together may take; nil for no limit.
    package let storage: StorageBudget?
    /// Heights in rows that sessions may be limited to: see `LimitedSessions`.
    package let limits: [Int]
    /// The share of a viewer's bandwidth, above 0 and at most 1, that a rung's mean bitrate may take: the rest is for
    /// audio, peaks and the network's ups and downs. 0.8 is the usual safety factor of throughput-based players
    /// (dash.js and hls.js use 0.7 to 0.95).
    package let headroom: Double

    /// How far under `minimumBps` a rung may end: no encode hits a mean more exactly.
    static let minimumSlack = 0.01

    /// The highest mean bitrate of rungs up to a height.
    package struct HeightCap: Hashable, Codable, Sendable {
        /// Rows; the cap holds for this height and those below, down to the next smaller cap.
        package let height: Int
        /// Bits per second.
        package let bps: Double

        /// A cap of `bps` up to `height` rows.
        package init(height: Int, bps: Double) {
            self.height = height
            self.bps = bps
        }
    }

    /// Rules with the project's defaults.
    package init(
        topVMAF: Double = 95, stepVMAF: Double = 6, leastRatio: Double = 1.5, largestRatio: Double = 2.5,
        leastBps: Double = 145_000, leastVMAF: Double = 40, mostRungs: Int = 8, floorDistance: Double = 8,
        caps: [HeightCap] = LadderRules.avcCaps, minimumBps: Double? = nil, maximumBps: Double? = nil,
        storage: StorageBudget? = nil, limits: [Int] = [], headroom: Double = 0.8
    ) {
        self.topVMAF = topVMAF
        self.stepVMAF = stepVMAF
        self.leastRatio = leastRatio
        self.largestRatio = largestRatio
        self.leastBps = leastBps
        self.leastVMAF = leastVMAF
        self.mostRungs = mostRungs
        self.floorDistance = floorDistance
        self.caps = caps.sorted { $0.height < $1.height }
        self.minimumBps = minimumBps
        self.maximumBps = maximumBps
        self.storage = storage
        self.limits = Set(limits).sorted()
        self.headroom = headroom
    }

    /// Refuses limits that contradict themselves or each other.
    package func validate() throws(LadderError) {
        if let minimumBps { try LadderError.check(minimumBps, "least bitrate", range: LadderGoal.bpsRange) }
        if let maximumBps { try LadderError.check(maximumBps, "largest bitrate", range: LadderGoal.bpsRange) }
        if let minimumBps, let maximumBps, minimumBps > maximumBps {
            throw .minimumAboveMaximum(minimum: minimumBps, maximum: maximumBps)
        }
        try storage?.validate()
        for height in limits { try LadderError.check(height, "height of limited sessions", range: 1...65_536) }
        try LadderError.check(headroom, "headroom", range: 0.01...1)
    }

    /// Caps for AVC, a decision of this project: well above what published ladders spend at these heights, so that
    /// they stop only content for which more bits at that size would be wasted.
    package static let avcCaps: [HeightCap] = [
        HeightCap(height: 270, bps: 800_000), HeightCap(height: 360, bps: 1_500_000),
        HeightCap(height: 432, bps: 2_200_000), HeightCap(height: 540, bps: 3_500_000),
        HeightCap(height: 720, bps: 6_500_000), HeightCap(height: 1080, bps: 10_500_000),
        HeightCap(height: 1440, bps: 16_000_000), HeightCap(height: 2160, bps: 26_000_000),
    ]

    /// The AVC caps times `factor`: HEVC needs roughly 0.7, AV1 roughly 0.6 of AVC's bits.
    package static func caps(scaledBy factor: Double) -> [HeightCap] {
        avcCaps.map { HeightCap(height: $0.height, bps: $0.bps * factor) }
    }

    /// The most bits per second for a height: `maximumBps` and the table of caps. Above the table its last entry holds.
    package func cap(height: Int) -> Double {
        let cap = (caps.first { $0.height >= height } ?? caps.last)?.bps ?? .infinity
        return min(cap, maximumBps ?? .infinity)
    }

    /// Whether a rung of `bps` bits per second is large enough.
    func reachesMinimum(_ bps: Double) -> Bool { bps >= (minimumBps ?? 0) * (1 - Self.minimumSlack) }
}
