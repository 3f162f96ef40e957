import ArgumentParser
import Foundation
import MezzCore
import MezzLadder
import MezzPipeline

/// `mezz bdrate`: how many bits one package needs over another at equal VMAF.
struct BDRateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bdrate", abstract: "Compare two reports: bits at equal VMAF, per codec.",
        discussion: """
            Bjøntegaard's measure over the rungs' average bitrate and mean VMAF: PCHIP of ln(bitrate) against VMAF, \
            over the range that both ladders cover. Negative means that B needs fewer bits than A.
            """)

    @Argument(help: "report.json of the anchor (A), or its folder.")
    var anchor: String

    @Argument(help: "report.json that is compared with it (B), or its folder.")
    var test: String

    @Option(help: ArgumentHelp("VMAF above which nothing is compared: the metric's ceiling.", valueName: "vmaf"))
    var cap: Double = 95

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let comparisons = try RateComparison.compare(try ReportFile.read(anchor), try ReportFile.read(test), cap: cap)
        guard !comparisons.isEmpty else {
            throw Failure(
                .input, what: "the reports share no codec", place: test.printable,
                remedy: "compare encodes of one codec")
        }
        if json { Output.json(comparisons) } else { for line in comparisons { Output.line(line.text) } }
        if comparisons.allSatisfy({ $0.percent == nil }) { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}

/// The comparison of one codec's ladders.
struct RateComparison: Encodable {
    let codec: CodecFamily
    /// Bits that B needs over A's at equal VMAF, in percent; `nil` when their ladders do not overlap.
    let percent: Double?
    let lowVMAF: Double?
    let highVMAF: Double?

    private enum CodingKeys: String, CodingKey {
        case codec
        case percent
        case lowVMAF = "low_vmaf"
        case highVMAF = "high_vmaf"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(codec, forKey: .codec)
        try container.encode(percent, forKey: .percent)
        try container.encode(lowVMAF, forKey: .lowVMAF)
        try container.encode(highVMAF, forKey: .highVMAF)
    }

    static func compare(_ anchor: Report, _ test: Report, cap: Double) throws -> [RateComparison] {
        CodecFamily.allCases.compactMap { codec in
            let a = points(anchor, codec)
            let b = points(test, codec)
            guard !a.isEmpty, !b.isEmpty else { return nil }
            let result = try? bdRate(anchor: a, test: b, cap: cap)
            return RateComparison(
                codec: codec, percent: result?.percent, lowVMAF: result?.lowVMAF, highVMAF: result?.highVMAF)
        }
    }

    private static func points(_ report: Report, _ codec: CodecFamily) -> [RatePoint] {
        report.ladder.rungs.filter { $0.codec == codec }.compactMap { rung in
            rung.quality?.mean.map { RatePoint(bps: Double(rung.averageBPS), vmaf: $0) }
        }
    }

    var text: String {
        guard let percent, let lowVMAF, let highVMAF else {
            return "\(codec.rawValue)  the ladders' qualities do not overlap"
        }
        return String(format: "%@  %+.2f%%  VMAF %.1f to %.1f", codec.rawValue, percent, lowVMAF, highVMAF)
    }
}
