import MezzCore

/// Why a shot has its CRF in a rung, short enough for a tooltip: the reason, the slopes, the nearest trial encodes.
struct ChoiceSentence {
    let shot: ExplainedShot
    let rung: ExplainedRung
    /// The shot's.
    let trials: ExplainedTrials?

    var text: String { ([reason] + slopes + tried).joined(separator: ". ") }

    private var reason: String {
        let words = shot.reason.words
        let start = words.prefix(1).uppercased() + words.dropFirst()
        return shot.isCorrected ? "\(start), corrected from CRF \(Figures.fixed(shot.chosenCRF, 2))" : start
    }

    private var slopes: [String] {
        guard let slopes = shot.slopes, shot.reason != .uniform, shot.reason != .nearestBitrate else { return [] }
        let parts = [slopes.nextStep.map { ("next step", $0) }, slopes.title.map { ("the title's", $0) }]
        let known = parts.compactMap(\.self).map { "\($0) \(Self.slope($1))" }
        return known.isEmpty ? [] : ["VMAF per Mbit/s: " + known.joined(separator: ", ")]
    }

    private static func slope(_ value: Double) -> String {
        Figures.fixed(value, value >= 100 ? 0 : value >= 10 ? 1 : 2)
    }

    /// The trial encodes of the rung's size on either side of the CRF.
    private var tried: [String] {
        guard let crf = shot.crf, let trials else { return [] }
        let own = trials.points.filter { $0.size == rung.size }
        let nearest = [own.last { $0.crf <= crf }, own.first { $0.crf > crf }].compactMap(\.self)
        guard !nearest.isEmpty else { return [] }
        let list = nearest.map { point in
            let vmaf = Figures.fixed(point.measured.vmaf, 1)
            return "\(Figures.coordinate(point.crf, places: 2)) (\(Figures.kbps(point.measured.bps)) kbps, \(vmaf))"
        }
        let origin = trials.standIn.map { " on shot \($0 + 1)" } ?? ""
        return ["Tried\(origin) at CRF " + list.joined(separator: ", ")]
    }
}

extension LadderExplanation {
    /// The sentence for every shot, by rung and shot; those that nothing is known of are left out.
    func sentences() -> [String: [Int: String]] {
        var result: [String: [Int: String]] = [:]
        for codec in codecs {
            let trials = Dictionary(codec.trials.map { ($0.index, $0) }) { first, _ in first }
            for rung in codec.rungs {
                let known = rung.shots.filter { $0.reason != .unknown }.map { shot in
                    (shot.index, ChoiceSentence(shot: shot, rung: rung, trials: trials[shot.index]).text)
                }
                result[rung.id] = Dictionary(known) { first, _ in first }
            }
        }
        return result
    }
}
