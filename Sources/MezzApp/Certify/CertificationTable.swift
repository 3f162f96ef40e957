import MezzCertify
import MezzCore

/// The index for a person.
struct CertificationTable {
    let index: CertificationIndex

    var text: String {
        let header = [
            "stream", "codecs", "size", "fps", "frames", "level", "bits %", "size %", "rate %", "decoded", "outcome",
        ]
        let rows = index.streams.map { entry in
            [
                entry.purpose.rawValue, entry.verdict?.codecs ?? "-", "\(entry.width)x\(entry.height)",
                "\(entry.frameRate)", "\(entry.frames)", entry.verdict?.level ?? "-",
                entry.bitratePercent.map { "\($0)" } ?? "-", "\(entry.picturePercent)", "\(entry.samplesPercent)",
                decoded(entry), (entry.problems + entry.remarks).joined(separator: "; ").printable,
            ]
        }
        let failed = index.streams.count { !$0.passed }
        let count = index.streams.count
        let outcome = failed == 0 ? "all \(count) streams passed" : "\(failed) of \(count) streams FAILED"
        let table = TextTable(header: header, rows: rows, leftAligned: 2, endsInText: true).text
        return "\(table)\n\n\(index.codec.rawValue) level \(index.level): \(outcome)"
    }

    private func decoded(_ entry: CertificationIndex.Entry) -> String {
        entry.decoders.map { "\($0.decoder.rawValue) \($0.frames.map(String.init) ?? "failed")" }
            .joined(separator: ", ")
    }
}
