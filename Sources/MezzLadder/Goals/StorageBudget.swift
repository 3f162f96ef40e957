/// How much room all rungs of a ladder may take together.
package struct StorageBudget: Hashable, Codable, Sendable {
    /// Bytes of video, containers and audio not counted; above 0.
    package let bytes: Double
    /// Length of the title in seconds; above 0.
    package let seconds: Double

    /// A budget of `bytes` for a title of `seconds`.
    package init(bytes: Double, seconds: Double) {
        self.bytes = bytes
        self.seconds = seconds
    }

    /// What the rungs' mean bitrates may add up to, bits per second.
    var totalBps: Double { bytes * 8 / seconds }

    /// The bytes of rungs whose mean bitrates add up to `bps`.
    func bytes(totalBps bps: Double) -> Double { bps * seconds / 8 }

    func validate() throws(LadderError) {
        try LadderError.check(bytes, "storage budget in bytes", range: 1...1e18)
        try LadderError.check(seconds, "length of the title in seconds", range: 1e-3...1e9)
    }
}
