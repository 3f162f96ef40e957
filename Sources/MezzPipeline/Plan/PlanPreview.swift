import Foundation
package import MezzCore
import MezzEncode
import MezzMetrics

/// What a job would do, as far as the source's headers tell: shots are not known yet.
package struct PlanPreview: Encodable, Sendable {
    package struct Codec: Encodable, Sendable {
        package let codec: CodecFamily
        package let encoder: String
        package let preset: String
        package let bitDepth: Int
        /// Sizes tried (optimised ladders) or encoded (fixed).
        package let sizes: [Resolution]
        /// Bits per second by size; fixed ladders, and category ladders before their multiplier.
        package let targets: [Double]?
        /// What is tried on each shot before challengers; empty for category ladders.
        package let trials: [ProbeCellPlan]
    }

    package let ladder: LadderKind
    package let effort: Effort
    package let metric: String
    package let display: Resolution
    package let frameRate: Rational
    package let expectedFrames: Int
    package let segmentSeconds: Double
    package let audioTracks: [String]
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
        audioTracks = AudioTracks.plan(source.audio).map(\.id)
        quote = costs.quote(spec, source)
        let plan = ProbePlan(effort: spec.trialEffort)
        codecs = spec.codecs.map { codec in
            let driver = EncoderCatalog.driver(for: codec)
            let entries = StandardLadder.entries(
                for: source.video.display, codec: codec, maximumHeight: spec.maximumHeight)
            let isFixed = !spec.isOptimised
            let sizes =
                isFixed
                ? entries.map(\.resolution)
                : CandidateResolutions.sizes(
                    for: source.video.display, maximumHeight: spec.maximumHeight, most: plan.mostResolutions)
            return Codec(
                codec: codec, encoder: driver.encoderName, preset: spec.presets[codec] ?? driver.defaultPreset,
                bitDepth: driver.bitDepth(sourceBitDepth: source.video.bitDepth),
                sizes: sizes,
                targets: isFixed ? entries.map(\.bps) : nil,
                trials: spec.ladder == .category ? [] : plan.cells(sizes, driver))
        }
    }

    /// The plan for a person.
    package var text: String {
        var lines = [
            "source    \(display), \(frameRate) frames/s, about \(expectedFrames) frames",
            "ladder    \(ladder.rawValue), effort \(effort.rawValue), \(metric)",
            "segments  \(segmentSeconds) s, a key frame at each shot",
            "audio     \(audioTracks.isEmpty ? "none" : audioTracks.joined(separator: ", "))",
        ]
        for codec in codecs {
            let sizes = codec.sizes.enumerated().map { number, size in
                codec.targets.map { "\(size) at \(Int($0[number] / 1000)) kbps" } ?? size.description
            }
            let name = codec.codec.rawValue + String(repeating: " ", count: 10 - codec.codec.rawValue.count)
            lines.append(
                "\(name)\(codec.encoder) \(codec.preset), \(codec.bitDepth) bit: \(sizes.joined(separator: ", "))")
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
