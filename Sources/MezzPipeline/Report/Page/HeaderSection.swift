import Foundation
import MezzCore

/// Title, verdict and key facts.
struct HeaderSection {
    let context: PageContext

    func markup() -> Markup {
        """
        <header>
        <div class="head"><h1>\(context.extras.title)</h1>\(verdict)</div>
        <p class="sub">\(subtitle)</p>
        <div class="tiles">\(tiles)</div>
        <dl class="facts">\(facts)</dl>
        \(navigation)
        </header>

        """
    }

    private var report: Report { context.report }
    private var source: Report.Source { report.source }

    private var verdict: Markup {
        let (kind, mark, word) = report.qc.passed ? ("ok", "✓", "Passed") : ("bad", "✕", "Failed")
        let counts = [Finding.Severity.error, .warning].compactMap { severity -> String? in
            let count = report.qc.findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        let detail: Markup = counts.isEmpty ? "" : "<a href=\"#qc\">\(counts.joined(separator: ", "))</a>"
        return """
            <div class="verdict"><span class="badge \(kind)"><span aria-hidden="true">\(mark)</span> \(word)</span>\
            \(detail)</div>
            """
    }

    private var subtitle: String {
        var parts = ["\(report.ladder.mode) ladder", "\(report.ladder.metric)"]
        if let created = context.extras.createdAt {
            parts.append(created.formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space)))
        }
        parts.append("mezz \(report.mezz)")
        return parts.joined(separator: " · ")
    }

    private var tiles: [Markup] {
        var tiles: [Markup] = []
        if let bytes = report.packageBytes {
            let codecs = context.codecs.map(\.codec.title).joined(separator: " + ")
            tiles.append(tile("Package", Figures.bytes(bytes), codecs))
        }
        if let comparison = report.comparison {
            let word = comparison.savedPercent < 0 ? "More bits" : "Bits saved"
            let value = "\(Figures.fixed(comparison.savedPercent.magnitude, 1))%"
            tiles.append(tile(word, value, "vs \(comparison.baseline), \(comparison.basis)"))
        }
        let tops = context.codecs.map(\.rungs[0].rung)
        if let best = tops.max(by: { $0.size.pixels < $1.size.pixels }) {
            let rates = tops.map { "\($0.codec.title) \(Figures.rate($0.averageBPS))" }.joined(separator: ", ")
            tiles.append(tile("Top rung", "\(best.height)p", rates))
        }
        let rungs = report.ladder.rungs.count
        let promised = report.ladder.rungs.compactMap(\.promiseMet)
        tiles.append(
            tile(
                rungs == 1 ? "Rung" : "Rungs", "\(rungs)",
                promised.isEmpty ? "no target set" : "\(promised.count { $0 }) of \(promised.count) as promised"))
        tiles.append(
            tile(
                report.shots.count == 1 ? "Shot" : "Shots", Figures.count(report.shots.count),
                report.shots.isEmpty
                    ? "not known" : "\(Figures.span(context.seconds / Double(report.shots.count))) on average"))
        tiles.append(
            tile(
                "CPU time", Figures.span(report.cost.cpuSeconds),
                "\(Figures.count(report.cost.trialEncodes)) trial encodes"))
        return tiles
    }

    private func tile(_ label: String, _ value: String, _ detail: String) -> Markup {
        "<div class=\"tile\"><span>\(label)</span><strong>\(value)</strong><span>\(detail)</span></div>\n"
    }

    private var facts: [Markup] {
        let length = "\(Figures.span(source.durationSeconds)), \(Figures.count(source.frames)) frames"
        let rate = "\(source.frameRate.description), time codes non-drop"
        var facts = [
            fact("Source", "\(source.path) <small>\(Figures.bytes(source.bytes))</small>"),
            fact("Duration", "\(context.timeCode(source.frames)) <small>(\(length))</small>"),
            fact("Picture", "\(source.width)×\(source.height) <small>\(source.pixelFormat)</small>"),
            fact("Frame rate", "\(Figures.frameRate(source.frameRate)) fps <small>(\(rate))</small>"),
            fact("Colour", "\(color)"),
        ]
        if let hdr = source.hdr { facts.append(fact("HDR", "\(describe(hdr))")) }
        if let protection = report.protection {
            let systems =
                protection.systems.isEmpty ? "no system signalled" : protection.systems.joined(separator: ", ")
            facts.append(fact("Protection", "\(protection.scheme) <small>\(systems)</small>"))
        }
        facts.append(fact("SHA-256", "<code class=\"hash\">\(source.sha256)</code>"))
        return facts
    }

    private func fact(_ name: String, _ value: Markup) -> Markup { "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n" }

    private var color: String {
        let range = source.color.range.map { $0 == "tv" ? "limited range" : $0 == "pc" ? "full range" : $0 }
        let names = [source.color.primaries, source.color.transfer, source.color.matrix]
        if names.allSatisfy({ $0 == nil }), range == nil { return "not signalled" }
        let same = Set(names).count == 1
        let triple = same ? names[0] ?? "not signalled" : names.map { $0 ?? "?" }.joined(separator: " / ")
        return [triple, range].compactMap(\.self).joined(separator: ", ")
    }

    private func describe(_ hdr: Report.HDR) -> String {
        var parts = [hdr.format]
        if let level = hdr.maxCLL { parts.append("MaxCLL \(level) cd/m²") }
        if let level = hdr.maxFALL { parts.append("MaxFALL \(level) cd/m²") }
        if let display = hdr.masteringDisplay { parts.append(mastered(display)) }
        return parts.joined(separator: ", ")
    }

    /// The light of the display in words; report.json has its colours as well.
    private func mastered(_ display: String) -> String {
        let light = display.components(separatedBy: "L(").last?.dropLast().split(separator: ",").compactMap {
            Double($0)
        }
        guard let light, light.count == 2 else { return display }
        let (most, least) = (light[0] / 10_000, light[1] / 10_000)
        return "mastered for \(least) to \(Int(most.rounded())) cd/m²"
    }

    private var navigation: Markup {
        var links: [(String, String)] = []
        if !report.ladder.rungs.isEmpty { links.append(("ladder", "Ladder")) }
        if !report.ladder.rungs.isEmpty { links.append(("rq", "Rate and quality")) }
        if !report.shots.isEmpty { links.append(("shots", "Shots")) }
        if TimeSection(context: context).hasContent { links.append(("time", "Over time")) }
        if CRFSection(context: context).hasContent { links.append(("crf", "CRF by shot")) }
        if !report.audio.isEmpty { links.append(("audio", "Audio")) }
        if !report.text.isEmpty { links.append(("text", "Text")) }
        links.append(("qc", "Checks"))
        links.append(("cost", "Cost"))
        return "<nav aria-label=\"Sections\">\(links.map { "<a href=\"#\($0.0)\">\($0.1)</a>" as Markup })</nav>"
    }
}
