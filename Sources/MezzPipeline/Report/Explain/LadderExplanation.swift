package import MezzCore
import MezzLadder

/// Why the ladder of a report is as it is: worked out again from the report alone, by the mathematics that made it.
package struct LadderExplanation: Hashable, Encodable, Sendable {
    /// How the ladder was made: "fixed", "category", "per-title" or "per-shot".
    package let mode: String
    /// The codecs that have rungs.
    package let codecs: [Codec]

    /// One codec's part.
    package struct Codec: Hashable, Encodable, Sendable {
        package let codec: CodecFamily
        /// Trial encodes by shot, in the title's order.
        package let trials: [ExplainedTrials]
        /// In the report's order.
        package let rungs: [ExplainedRung]
    }

    /// Explains the rungs of a report.
    ///
    /// - Parameters:
    ///   - report: One that `isPlausible`; another is explained as if it had no rungs.
    ///   - codec: The only codec to explain; `nil` means all of them.
    ///   - rung: Name of the only rung to explain; `nil` means all of them.
    ///   - shot: The only shot to tell of, by its number from 0; `nil` means all of them.
    package init(_ report: Report, codec: CodecFamily? = nil, rung: String? = nil, shot: Int? = nil) {
        mode = report.ladder.mode
        let rungs = report.ladder.rungs.filter {
            (codec == nil || $0.codec == codec) && (rung == nil || $0.id == rung)
        }
        let groups = Dictionary(grouping: report.isPlausible ? rungs : [], by: \.codec)
        codecs = CodecFamily.allCases.compactMap { codec in
            groups[codec].map { Codec(report, codec, rungs: $0, shot: shot) }
        }
    }
}

extension LadderExplanation.Codec {
    fileprivate init(_ report: Report, _ codec: CodecFamily, rungs: [Report.Rung], shot: Int?) {
        let model = ReportModel(report, codec: codec)
        let title = model.builder.model
        let standIns = Dictionary(report.shots.map { ($0.index, $0.standIn) }) { first, _ in first }
        self.codec = codec
        trials = title.shots.filter { shot == nil || $0.index == shot }
            .map { shot in
                ExplainedTrials(
                    shot.index, model.trials[shot.index] ?? [], standIn: standIns[shot.index] ?? nil, model: title)
            }
        self.rungs = rungs.map { rung in
            let explained = RungExplainer(report: report, model: model, rung: rung).explained()
            return shot.map(explained.only(shot:)) ?? explained
        }
    }
}
