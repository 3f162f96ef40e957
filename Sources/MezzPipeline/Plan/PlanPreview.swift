import Foundation
package import MezzCore
package import MezzEncode
import MezzMetrics

/// What a job would do, as far as the source's headers tell: shots are not known yet.
package struct PlanPreview: Encodable, Sendable {
    package struct Codec: Encodable, Sendable {
        package let codec: CodecFamily
        package let encoder: String
        package let preset: String
        /// Bits per sample at the largest size.
        package let bitDepth: Int
        /// Bitstream profile by size.
        package let profiles: [BitstreamProfile]
        /// Whether an HDR master is tone-mapped to SDR.
        package let isToneMapped: Bool
        /// Sizes tried (optimised ladders) or encoded (fixed).
        package let sizes: [Resolution]
        /// Bits per second by size; fixed ladders, and category ladders before their multiplier.
        package let targets: [Double]?
        /// What is tried on each shot before challengers; empty for category ladders.
        package let trials: [ProbeCellPlan]
    }

    package let profile: String
    package let ladder: LadderKind
    package let effort: Effort
    package let metric: String
    package let display: Resolution
    package let frameRate: Rational
    package let expectedFrames: Int
    package let segmentSeconds: Double
    package let audioTracks: [String]
    package let textTracks: [String]
    package let codecs: [Codec]
    package let quote: Quote

    /// - Parameter costs: What the quote is made from.
    package init(spec: JobSpec, source: SourceInfo, costs: Quoting = Quoting()) throws(Failure) {
        try SpecCheck.check(spec, against: source)
        ladder = spec.ladder
        effort = spec.effort
        metric = (spec.model ?? .standard(for: source.video.display)).rawValue
        display = source.video.display
        frameRate = source.video.frameRate
        expectedFrames = source.video.expectedFrames
        segmentSeconds = spec.segmentSeconds
        audioTracks = try AudioTracks(wish: spec.audio, source: source).plan().map(\.id)
        textTracks = TextTracks.plan(spec.text).map(\.id)
        quote = costs.quote(spec, source)
        let plan = ProbePlan(effort: spec.trialEffort)
        profile = spec.profile.name
        var codecs: [Codec] = []
        for codec in spec.codecs {
            let driver = EncoderCatalog.driver(for: codec)
            let profile = try SpecCheck.profile(of: codec, in: spec)
            let base = profile.recipe(for: source.video, preset: spec.presets[codec])
            let entries = StandardLadder.entries(
                for: source.video.display, codec: codec, maximumHeight: spec.maximumHeight)
            let sizes = ProbeTasks.sizes(codec, spec, display: source.video.display)
            codecs.append(
                Codec(
                    codec: codec, encoder: driver.encoderName, preset: base.preset, bitDepth: base.bitDepth,
                    profiles: sizes.map { profile.at($0, base).profile }, isToneMapped: base.toneMap != nil,
                    sizes: sizes, targets: spec.isOptimised ? nil : entries.map(\.bps),
                    trials: spec.ladder == .category ? [] : plan.cells(sizes, driver)))
        }
        self.codecs = codecs
    }

    /// The plan for a person.
    package var text: String {
        var lines = [
            "source    \(display), \(frameRate) frames/s, about \(expectedFrames) frames",
            "ladder    \(ladder.rawValue), effort \(effort.rawValue), \(metric)",
            "profile   \(profile)",
            "segments  \(segmentSeconds) s, a key frame at each shot",
            "audio     \(audioTracks.isEmpty ? "none" : audioTracks.joined(separator: ", "))",
            "text      \(textTracks.isEmpty ? "none" : textTracks.joined(separator: ", "))",
        ]
        for codec in codecs {
            let sizes = codec.sizes.enumerated().map { number, size in
                "\(size) \(codec.profiles[number].rawValue)"
                    + (codec.targets.map { " at \(Int($0[number] / 1000)) kbps" } ?? "")
            }
            let name = codec.codec.rawValue + String(repeating: " ", count: 10 - codec.codec.rawValue.count)
            let picture = "\(codec.bitDepth) bit\(codec.isToneMapped ? ", tone-mapped to SDR" : "")"
            lines.append("\(name)\(codec.encoder) \(codec.preset), \(picture): \(sizes.joined(separator: ", "))")
            if ladder == .category {
                lines.append("          bitrates times 0.5 to 1.3 by the title's complexity, no trial encodes")
                continue
            }
            let trials = codec.sizes.map { size in
                let crfs = codec.trials.filter { $0.resolution == size }.map { String(Int($0.crf)) }
                return "\(size) at CRF \(crfs.joined(separator: ", "))"
            }
            lines.append("          trials on each shot: \(trials.joined(separator: "; "))")
        }
        return (lines + [quote.text]).joined(separator: "\n")
    }
}
