import ArgumentParser
import MezzCore
import MezzEncode
import MezzMetrics
import MezzPipeline

extension CodecFamily: ExpressibleByArgument {}
extension LadderKind: ExpressibleByArgument {}
extension Effort: ExpressibleByArgument {}
extension MetricModel: ExpressibleByArgument {}

/// The options that decide a package.
struct EncodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How the ladder is made: fixed, per-title or per-shot."))
    var ladder: LadderKind = .perShot

    @Option(
        name: .customLong("codec"),
        help: ArgumentHelp("avc, hevc or av1; repeat for several. (default: avc and hevc)"))
    var codecs: [CodecFamily] = []

    @Option(help: ArgumentHelp("How much is measured first: quick, standard or exhaustive."))
    var effort: Effort = .standard

    @Option(
        help: ArgumentHelp(
            "Encoder speed, by x264's words or the encoder's own; CODEC=NAME sets one codec. Repeatable.",
            discussion: "Defaults: avc=medium, hevc=medium, av1=8.", valueName: "[codec=]name"))
    var preset: [String] = []

    @Option(help: ArgumentHelp("No rung above this height.", valueName: "lines"))
    var maxHeight: Int?

    @Option(help: ArgumentHelp("VMAF model. (default: by the source's size)", valueName: "model"))
    var metric: MetricModel?

    @Option(help: ArgumentHelp("Nominal segment length.", valueName: "seconds"))
    var segment: Double = 4

    @Flag(help: "One file a segment instead of one file a track.")
    var segmented = false

    @Flag(help: "Require each rung's minimum quality at its own size as well.")
    var gate = false

    @Option(help: ArgumentHelp("Pooled VMAF of the highest optimised rung.", valueName: "vmaf"))
    var targetVmaf: Double = 95

    func validate() throws {
        guard segment >= 0.5, segment <= 30 else { throw ValidationError("--segment takes 0.5 to 30 seconds") }
        guard targetVmaf >= 40, targetVmaf <= 99 else { throw ValidationError("--target-vmaf takes 40 to 99") }
        if let maxHeight, maxHeight < 64 { throw ValidationError("--max-height takes 64 lines or more") }
        _ = try spec()
    }

    func spec() throws -> JobSpec {
        var chosen: [CodecFamily] = []
        for codec in codecs.isEmpty ? [.avc, .hevc] : codecs where !chosen.contains(codec) { chosen.append(codec) }
        return JobSpec(
            ladder: ladder, codecs: chosen, effort: effort, presets: try presets(chosen), maximumHeight: maxHeight,
            model: metric, segmentSeconds: segment, segmented: segmented, gate: gate, topVMAF: targetVmaf)
    }

    private func presets(_ codecs: [CodecFamily]) throws -> [CodecFamily: String] {
        var result: [CodecFamily: String] = [:]
        for text in preset {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let named = parts.count == 2 ? CodecFamily(rawValue: parts[0]) : nil
            guard let name = parts.last, parts.count == 1 || named != nil else {
                throw ValidationError("--preset \(text.printable): not NAME or CODEC=NAME")
            }
            var isKnown = false
            for codec in named.map({ [$0] }) ?? codecs {
                guard let own = EncoderCatalog.driver(for: codec).preset(named: name) else { continue }
                result[codec] = own
                isKnown = true
            }
            guard isKnown else {
                throw ValidationError("--preset \(text.printable): no encoder asked for has such a speed")
            }
        }
        return result
    }
}
