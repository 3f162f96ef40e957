import Foundation
import MezzAudio
import MezzCore

/// What `mezz adm` found, for people.
struct ADMTable {
    private let report: ADMReport

    init(_ report: ADMReport) {
        self.report = report
    }

    var text: String {
        let blocks = [[head], programmes, [items], deliveries, findings]
        return blocks.filter { !$0.isEmpty && $0 != [""] }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var listing: ADMListing { report.adm.listing }

    private var head: String {
        let profiles = listing.profiles.map { ", profile \($0.printable)" }.joined()
        let version = listing.version.map { ", \($0.printable)" } ?? ""
        return String(
            format: "%@, %d channels, %d Hz, %d bits, %.3f s", listing.container.rawValue, listing.channels,
            listing.sampleRate, listing.bits, listing.seconds) + version + profiles
    }

    private var programmes: [String] {
        let contents = Dictionary(listing.contents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return listing.programmes.flatMap { programme in
            [line("programme", programme.id, programme.name, programme.language, nil, programme.loudness)]
                + programme.contents.compactMap { contents[$0] }.map {
                    line("  content", $0.id, $0.name, $0.language, $0.dialogue, $0.loudness)
                }
        }
    }

    private func line(
        _ kind: String, _ id: String, _ name: String, _ language: String?, _ dialogue: ADMDialogueKind?,
        _ loudness: ADMLoudness?
    ) -> String {
        let level = loudness?.integrated.map { String(format: "claims %.1f LKFS", $0) }
        let words = [language?.printable, dialogue?.rawValue, level].compactMap(\.self)
        return "\(kind) \(id.printable) \"\(name.printable)\""
            + (words.isEmpty ? "" : ": " + words.joined(separator: ", "))
    }

    private var items: String {
        let rows = listing.items.map { item in
            [
                item.kind.rawValue, item.id.printable, item.name.printable, (item.layout ?? "-").printable,
                String(format: "%.3f", item.start), item.duration.map { String(format: "%.3f", $0) } ?? "end",
                String(item.channels.reduce(0) { $0 + $1.blocks }),
                item.channels.map(Self.channel).joined(separator: " "),
            ]
        }
        let header = ["what", "id", "name", "layout", "start", "length", "blocks", "channels"]
        return rows.isEmpty ? "" : TextTable(header: header, rows: rows, leftAligned: 4, endsInText: true).text
    }

    private static func channel(_ channel: ADMListedItem.Channel) -> String {
        let number = channel.number.map(String.init) ?? "?"
        return number + (channel.speakers.first.map { "=" + $0.printable } ?? "")
    }

    private var deliveries: [String] {
        let rendering = report.rendering.map { "rendered to \($0.layout.rawValue) by \($0.renderer)" }
        let iamf = report.iamf.map { iamf in
            let level = iamf.loudness.integrated.map { String(format: ", %.1f LKFS", $0) } ?? ", silent"
            return "delivered as IAMF \(iamf.layout.rawValue) with \(iamf.codec.rawValue)" + level
        }
        return [rendering, iamf].compactMap(\.self)
    }

    private var findings: [String] {
        report.findings.map {
            let place = $0.place.seconds.map { String(format: " at %.3f s", $0) } ?? ""
            return "\($0.severity.rawValue): \($0.message.printable)\(place) (\($0.code)): \($0.remedy)"
        }
    }
}
