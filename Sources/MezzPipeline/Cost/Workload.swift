import Foundation
import MezzCore
import MezzEncode
import MezzMetrics

/// How much there is to do for a source and a wish, as far as the source's headers tell: amounts of work by stage, to
/// be multiplied by what a unit of each costs.
struct Workload: Sendable {
    /// Work of one kind in one stage.
    struct Item: Sendable, Hashable {
        let kind: Kind
        /// Megapixels of pictures, or seconds of sound and of packaging.
        let amount: Double
    }

    /// What decides the price of a unit besides the machine.
    enum Kind: Sendable, Hashable {
        case index
        case trials(CodecFamily, preset: String, Effort)
        /// Apart by the ladder's kind, because what an optimised one chooses is not known beforehand.
        case encodes(CodecFamily, preset: String, LadderKind)
        case measurements(MetricModel, LadderKind)
        case checks(CodecFamily)
        case audio
        case package

        /// The stage, as the report calls it.
        var stage: String {
            switch self {
            case .index: IndexStage.kind
            case .trials: ProbeStage.kind
            case .encodes: EncodeStage.kind
            case .measurements: MeasureStage.kind
            case .checks: VerifyStage.kind
            case .audio: AudioStage.kind
            case .package: PackageStage.kind
            }
        }

        /// Under what its price is remembered.
        var key: String {
            switch self {
            case .index, .audio, .package: stage
            case .trials(let codec, let preset, let effort): "\(stage)/\(codec.rawValue)/\(preset)/\(effort.rawValue)"
            case .encodes(let codec, let preset, let ladder): "\(stage)/\(codec.rawValue)/\(preset)/\(ladder.rawValue)"
            case .measurements(let model, let ladder): "\(stage)/\(model.rawValue)/\(ladder.rawValue)"
            case .checks(let codec): "\(stage)/\(codec.rawValue)"
            }
        }
    }

    let items: [Item]

    /// The length of a shot where none is known: 13 a minute, as films of the last decades have (Cutting, Brunick and
    /// DeLong, "Quicker, faster, darker", i-Perception 2011).
    private static let shotSeconds = 4.6

    init(spec: JobSpec, source: SourceInfo) {
        let video = source.video
        let frames = Double(video.expectedFrames)
        let seconds = video.frameRate.seconds(ofFrame: video.expectedFrames)
        let indexed = frames * Double(video.display.pixels) / 1e6
        let tracks = Double((spec.audio.tracks?.count ?? source.audio.count) * spec.audio.forms.count)
        var items = [Item(kind: .index, amount: indexed)]
        for codec in spec.codecs {
            items += Self.items(codec, spec, video, frames: frames)
        }
        if !spec.endsAtLadder {
            items += [
                Item(kind: .audio, amount: tracks * seconds),
                Item(kind: .package, amount: Double(spec.codecs.count) * seconds),
            ]
        }
        self.items = items.filter { $0.amount > 0 }
    }

    private static func items(
        _ codec: CodecFamily, _ spec: JobSpec, _ video: VideoStreamInfo, frames: Double
    ) -> [Item] {
        let driver = EncoderCatalog.driver(for: codec)
        let preset = spec.presets[codec] ?? spec.profile[codec]?.preset ?? driver.defaultPreset
        let plan = ProbePlan(effort: spec.trialEffort)
        let entries = StandardLadder.entries(for: video.display, codec: codec, maximumHeight: spec.maximumHeight)
        let sizes =
            spec.isOptimised
            ? CandidateResolutions.sizes(
                for: video.display, maximumHeight: spec.maximumHeight, most: plan.mostResolutions)
            : entries.map(\.resolution)
        let cells = spec.ladder == .category ? [] : plan.cells(sizes, driver)
        let tried = frames * share(plan, video.frameRate) * megapixels(cells.map(\.resolution))
        let trials = Item(kind: .trials(codec, preset: preset, spec.trialEffort), amount: tried)
        guard !spec.endsAtLadder else { return [trials] }
        // What an optimised ladder chooses is not known yet; its rungs are about as many as the standard ones and of
        // like sizes. Where they are not, the rates learn it: they are kept apart by the ladder's kind.
        let encoded = frames * megapixels(entries.map(\.resolution))
        let compared = frames * Double(entries.count) * megapixels([video.display])
        return [
            trials, Item(kind: .encodes(codec, preset: preset, spec.ladder), amount: encoded),
            Item(kind: .measurements(spec.model ?? .standard(for: video.display), spec.ladder), amount: compared),
            Item(kind: .checks(codec), amount: encoded),
        ]
    }

    /// The part of a title's frames that is tried.
    private static func share(_ plan: ProbePlan, _ rate: Rational) -> Double {
        let window = min(Double(plan.windowFrames(rate)) / rate.value, shotSeconds)
        return window / shotSeconds * (plan.effort == .quick ? ProbePlan.digestShare : 1)
    }

    private static func megapixels(_ sizes: [Resolution]) -> Double {
        sizes.reduce(0) { $0 + Double($1.pixels) } / 1e6
    }
}
