import MezzCore

/// What a unit of work costs where no job has taught it yet.
///
/// CPU seconds for a megapixel of pictures (for a second of sound or of packaging), on one hardware thread of a server
/// of 2021, both of its core's threads busy: means over 43 jobs on seven titles of 480 frames between 332 and 720 lines
/// (`Benchmarks/ladder`), 31 of AVC alone and 9 of AV1 alone; HEVC's are what AVC's leave of three mixed jobs. Other
/// machines are often half or twice as fast; a job's first lesson corrects that.
enum BuiltInRates {
    static func rate(of kind: Workload.Kind) -> CostRates.Rate {
        let cpu = cpuSeconds(kind)
        return CostRates.Rate(cpu: cpu, slot: cpu * slotsPerCPU, jobs: 0)
    }

    /// A slot is taken for longer than its processor works: encoders wait for decoders, and threads for a core.
    private static let slotsPerCPU = 1.3

    private static func cpuSeconds(_ kind: Workload.Kind) -> Double {
        switch kind {
        case .index: 0.005
        case .trials(let codec, let preset, let effort):
            trial(codec) * (effort == .quick ? quickChallenges : 1) * PresetSpeed.share(codec, preset)
        case .encodes(let codec, let preset, _): encode(codec) * PresetSpeed.share(codec, preset)
        case .measurements(_, let ladder): ladder == .fixed || ladder == .category ? 0.03 : 0.045
        case .checks: 0.006
        case .audio: 0.065
        case .package: 0.019
        }
    }

    /// Trial and measurement together, for each trial that is planned: challengers come on top.
    private static func trial(_ codec: CodecFamily) -> Double {
        switch codec {
        case .avc: 0.12
        case .hevc: 0.5
        case .av1: 0.28
        }
    }

    /// The quick effort plans few trials and asks for many challengers.
    private static let quickChallenges = 4.0

    private static func encode(_ codec: CodecFamily) -> Double {
        switch codec {
        case .avc: 0.09
        case .hevc: 0.2
        case .av1: 0.15
        }
    }
}
