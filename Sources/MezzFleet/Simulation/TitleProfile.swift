/// What titles cost, stage by stage: where a simulation takes its task times from.
package struct TitleProfile: Sendable, Hashable, Codable {
    /// The tasks of one kind.
    package struct Stage: Sendable, Hashable, Codable {
        /// Tasks in each minute of video.
        package let perMinute: Double
        /// Seconds that one takes on one slot, on average.
        package let seconds: Double

        package init(perMinute: Double, seconds: Double) {
            self.perMinute = perMinute
            self.seconds = seconds
        }

        private enum CodingKeys: String, CodingKey {
            case perMinute = "per_minute"
            case seconds
        }
    }

    /// Decodes the source once: seconds for each minute of video. One task, whatever the length.
    package let index: Double
    package let probe: Stage
    package let encode: Stage
    package let measure: Stage
    package let audio: Double
    /// Rungs that are joined; seconds to join one, for each minute.
    package let rungs: Int
    package let assemble: Double
    /// Packaging, for each minute of video.
    package let package: Double
    /// Checking one track, for each minute.
    package let verify: Double

    package init(
        index: Double, probe: Stage, encode: Stage, measure: Stage, audio: Double, rungs: Int, assemble: Double,
        package: Double, verify: Double
    ) {
        self.index = index
        self.probe = probe
        self.encode = encode
        self.measure = measure
        self.audio = audio
        self.rungs = rungs
        self.assemble = assemble
        self.package = package
        self.verify = verify
    }
}
