import MezzCore
import MezzPipeline

/// What is said of a rung, whatever the shot.
enum RungWords {
    /// "avc-720p-q95: 1280x720, VMAF 95.0 at 1371 kbps predicted, 95.2 at 1390 kbps measured".
    static func heading(_ rung: ExplainedRung) -> String {
        let expected = point(rung.predicted) + " predicted"
        let found = rung.delivered.map { ", \(point($0)) measured" } ?? ""
        let promise = rung.targetVMAF.map { ", \(Amount.vmaf($0)) promised" } ?? ""
        return "\(rung.id.printable): \(rung.size), \(expected)\(found)\(promise)"
    }

    /// Why the size, and what the others would give.
    static func size(_ rung: ExplainedRung) -> String {
        let others = rung.sizes.filter { $0.size != rung.size }.reversed().map { other in
            guard let vmaf = other.vmaf else { return "\(other.size) cannot go so low" }
            let limit = isOverCap(other, rung) ? ", over its limit" : other.isTried ? "" : " at most"
            return "\(other.size) VMAF \(Amount.vmaf(vmaf))\(limit)"
        }
        let sentence = "\(rung.size) because \(rung.sizeReason.clause)"
        return others.isEmpty ? sentence : sentence + " (" + others.joined(separator: "; ") + ")"
    }

    /// What the table's column of next steps is to be read against; nothing where no slopes are known.
    static func slope(_ rung: ExplainedRung) -> [String] {
        guard let slope = rung.shots.lazy.compactMap({ $0.slopes?.title }).first else { return [] }
        return [
            "next step: VMAF of the title for one more Mbit/s of its mean, spent in that shot; at most "
                + Amount.slope(slope)
        ]
    }

    private static func isOverCap(_ size: ExplainedSize, _ rung: ExplainedRung) -> Bool {
        guard let cap = size.capBPS, let bps = rung.predicted.bps else { return false }
        return bps > cap
    }

    private static func point(_ point: OperatingPoint) -> String {
        "VMAF \(Amount.vmaf(point.vmaf)) at \(Amount.kbps(point.bps)) kbps"
    }
}
