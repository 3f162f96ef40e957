import MezzCore

/// The verdict's reasons, worst first, each with its place and what mends it.
struct FindingsSection {
    let context: PageContext

    private static let maximumRows = 500

    func markup() -> Markup {
        let findings = context.report.qc.findings.enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
        guard !findings.isEmpty else {
            return .section("qc", "Checks", "<p class=\"yes\">✓ Nothing was found.</p>")
        }
        let rest = findings.count - Self.maximumRows
        let more: Markup = rest > 0 ? "\(Figures.count(rest)) more are in <code>report.json</code>." : ""
        let items = findings.prefix(Self.maximumRows).map { finding -> Markup in
            let remedy: Markup = finding.remedy.isEmpty ? "" : "<p class=\"remedy\"><b>Remedy</b> \(finding.remedy)</p>"
            return """
                <li class="\(finding.severity.rawValue)"><span class="sev">\(Self.mark(finding.severity)) \
                \(finding.severity.rawValue)</span><div><p>\(finding.message) <code>\(finding.code)</code></p>\
                \(remedy)</div>\
                <span class="place">\(place(finding.place))</span></li>

                """
        }
        return .section("qc", "Checks", note: more, "<ul class=\"findings\">\(Array(items))</ul>")
    }

    private static func mark(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: "✕"
        case .warning: "▲"
        case .info: "ℹ"
        }
    }

    private func place(_ place: Finding.Place) -> Markup {
        var parts: [Markup] = []
        let frame = place.frame ?? place.seconds.flatMap(frame(at:))
        if let frame {
            parts.append("<b>\(context.timeCode(frame))</b>")
            parts.append("frame \(Figures.count(frame))")
        }
        if let stream = place.stream { parts.append("\(stream)") }
        if parts.isEmpty { parts.append("whole title") }
        return parts.map { "<span>\($0)</span> " as Markup }.joined()
    }

    private func frame(at seconds: Double) -> Int? {
        let frame = (seconds * context.frameRate.value).rounded()
        return frame.isFinite && frame >= 0 && frame < 1e12 ? Int(frame) : nil
    }
}
