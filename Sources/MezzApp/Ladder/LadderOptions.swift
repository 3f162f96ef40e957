import ArgumentParser
import MezzCore
import MezzEncode
import MezzLadder
import MezzMetrics
import MezzPipeline

extension CodecFamily: ExpressibleByArgument {}
extension LadderKind: ExpressibleByArgument {}
extension Effort: ExpressibleByArgument {}
extension MetricModel: ExpressibleByArgument {}
extension SourceReading.Interlaced: ExpressibleByArgument {}

extension SourceReading.Crop: ExpressibleByArgument {
    package init?(argument: String) {
        switch argument {
        case "none": self = .none
        case "auto": self = .bars
        default:
            guard let rectangle = CropRectangle(text: argument) else { return nil }
            self = .rectangle(rectangle)
        }
    }

    package var defaultValueDescription: String { "none" }
}

extension FilmGrainWish: ExpressibleByArgument {
    package init?(argument: String) {
        switch argument {
        case "off": self = .off
        case "auto": self = .automatic
        default:
            guard let level = Int(argument), FilmGrain.levels.contains(level) else { return nil }
            self = .level(level)
        }
    }

    package var defaultValueDescription: String { "off" }
}

/// The options that decide a ladder.
struct LadderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How the ladder is made: fixed, category, per-title or per-shot."))
    var ladder: LadderKind = .perShot

    @Option(
        name: .customLong("codec"),
        help: ArgumentHelp("avc, hevc or av1; repeat for several. (default: avc and hevc, as far as the profile goes)"))
    var codecs: [CodecFamily] = []

    @Option(
        help: ArgumentHelp(
            "How each codec is encoded: a name from mezz profiles, or a YAML file like the ones it prints.",
            valueName: "name|file.yaml"))
    var profile: String = ProfileCatalog.standard.name

    @Option(help: ArgumentHelp("How much is measured first: quick, standard or exhaustive."))
    var effort: Effort = .standard

    @Option(
        help: ArgumentHelp(
            "Encoder speed, by x264's words or the encoder's own; CODEC=NAME sets one codec. Repeatable.",
            discussion: "Defaults: avc=medium, hevc=medium, av1=8.", valueName: "[codec=]name"))
    var preset: [String] = []

    @Option(
        help: ArgumentHelp(
            "none, auto (black bars that stay all through the title), or the even rectangle to keep.",
            valueName: "none|auto|w:h:x:y"))
    var crop: SourceReading.Crop = .none

    @Option(
        help: ArgumentHelp(
            "Film grain that AV1 decoders put back: off, auto (as strong as the title's is), or a level of 1 to 50.",
            valueName: "off|auto|level"))
    var filmGrain: FilmGrainWish = .off

    @Option(help: "What happens to an interlaced source: deinterlace or refuse.")
    var interlaced: SourceReading.Interlaced = .deinterlace

    @Option(help: ArgumentHelp("No rung above this height.", valueName: "lines"))
    var maxHeight: Int?

    @Option(help: ArgumentHelp("VMAF model. (default: by the source's size)", valueName: "model"))
    var metric: MetricModel?

    @Option(help: ArgumentHelp("Nominal segment length. (default: the profile's, or 4)", valueName: "seconds"))
    var segment: Double?

    @Option(
        help: ArgumentHelp(
            "Pooled VMAF of the highest optimised rung; several, with commas between, are all the rungs there are.",
            valueName: "vmaf[,vmaf...]"))
    var targetVmaf: NumberList = NumberList([95])

    @Option(help: ArgumentHelp("One optimised rung for each bitrate, with commas between.", valueName: "kbps,..."))
    var bitrates: NumberList?

    @Option(help: ArgumentHelp("How many optimised rungs, in equal steps of quality.", valueName: "n"))
    var rungs: Int?

    @Option(
        help: ArgumentHelp(
            "The optimised rungs that serve these viewers best: JSON of bandwidths and display heights.",
            discussion:
                #"{"bandwidth":[{"kbps":3000,"share":0.4},…],"displays":[{"height":1080,"share":0.7},…],"rungs":6}"#,
            valueName: "file.json"))
    var audience: String?

    @Option(help: ArgumentHelp("No optimised rung under this mean bitrate.", valueName: "kbps"))
    var minBitrate: Double?

    @Option(help: ArgumentHelp("No optimised rung over this mean bitrate.", valueName: "kbps"))
    var maxBitrate: Double?

    @Option(help: ArgumentHelp("What all video may take, in megabytes (10^6).", valueName: "MB"))
    var storage: Double?

    @Option(
        help: ArgumentHelp(
            "Add rungs for sessions limited to this height where the ladder lacks good ones. Repeatable.",
            valueName: "lines"))
    var limitedHeight: [Int] = []

    func validate() throws {
        if let segment, !(0.5...30).contains(segment) { throw ValidationError("--segment takes 0.5 to 30 seconds") }
        guard targetVmaf.values.allSatisfy({ $0 >= 40 && $0 <= 99 }) else {
            throw ValidationError("--target-vmaf takes 40 to 99")
        }
        let wishes = [bitrates != nil, rungs != nil, audience != nil, targetVmaf.values.count > 1]
        if ladder == .fixed || ladder == .category, wishes.contains(true) || limits != RungLimits() {
            throw ValidationError("--ladder \(ladder.rawValue) takes no goals and no limits: its rungs are given")
        }
        if let maxHeight, maxHeight < 64 { throw ValidationError("--max-height takes 64 lines or more") }
        guard wishes.count(where: \.self) <= 1 else {
            throw ValidationError("several --target-vmaf, --bitrates, --rungs and --audience exclude each other")
        }
        _ = try presets(codecs.isEmpty ? CodecFamily.allCases : codecs)
        _ = try listedGoal()
    }

    func spec() throws -> JobSpec {
        let profile = try ProfileChoice.read(profile)
        let chosen = try chosen(from: profile)
        guard filmGrain == .off || chosen.contains(.av1) else {
            throw Failure(
                .usage, what: "only AV1 leaves film grain to the decoder", place: "--film-grain",
                remedy: "ask for --codec av1 as well, or for --film-grain off")
        }
        return JobSpec(
            ladder: ladder, codecs: chosen, effort: effort, presets: try presets(chosen), maximumHeight: maxHeight,
            model: metric, segmentSeconds: segment ?? profile.segmentSeconds ?? 4,
            topVMAF: targetVmaf.values.max() ?? 95, goal: try goal(), limits: limits,
            reading: SourceReading(interlaced: interlaced, crop: crop), profile: profile,
            filmGrain: filmGrain)
    }

    /// The codecs, each once.
    private func chosen(from profile: EncodingProfile) throws(Failure) -> [CodecFamily] {
        let offered = profile.codecs.map(\.codec)
        guard !codecs.isEmpty else {
            let usual = [CodecFamily.avc, .hevc].filter(offered.contains)
            return usual.isEmpty ? offered : usual
        }
        var chosen: [CodecFamily] = []
        for codec in codecs where !chosen.contains(codec) {
            guard offered.contains(codec) else {
                throw Failure(
                    .usage, what: "the profile \(profile.name.printable) does not use \(codec.rawValue)",
                    place: "--codec \(codec.rawValue)",
                    remedy: "ask for \(offered.map(\.rawValue).joined(separator: ", ")), or use another profile")
            }
            chosen.append(codec)
        }
        return chosen
    }

    /// The limits, in bits per second and bytes.
    private var limits: RungLimits {
        RungLimits(
            minimumBps: minBitrate.map { $0 * 1000 }, maximumBps: maxBitrate.map { $0 * 1000 },
            storageBytes: storage.map { $0 * 1_000_000 }, sessionHeights: limitedHeight)
    }

    private func goal() throws -> LadderGoal {
        if let audience { return .audience(try AudienceFile.read(audience)) }
        return try listedGoal()
    }

    /// The goal that the command line itself holds.
    private func listedGoal() throws -> LadderGoal {
        var goal = LadderGoal.automatic
        if targetVmaf.values.count > 1 { goal = .qualities(targetVmaf.values) }
        if let bitrates { goal = .bitrates(bitrates.values.map { $0 * 1000 }) }
        if let rungs { goal = .count(rungs) }
        do {
            try goal.validate()
            try LadderRules(
                minimumBps: limits.minimumBps, maximumBps: limits.maximumBps,
                storage: limits.storageBytes.map { StorageBudget(bytes: $0, seconds: 1) },
                limits: limits.sessionHeights
            ).validate()
        } catch {
            throw ValidationError("\(error)")
        }
        return goal
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
