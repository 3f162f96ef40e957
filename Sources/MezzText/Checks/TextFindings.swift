import MezzCore

/// Gathers findings, and of each kind only so many: a hostile file can break a rule millions of times.
struct TextFindings {
    /// Findings of one code that are told in full.
    static let most = 50

    private var findings: [Finding] = []
    private var counts: [TextRule: Int] = [:]

    mutating func add(_ rule: TextRule, _ message: @autoclosure () -> String, at milliseconds: Int? = nil) {
        add(rule, message(), at: milliseconds, severity: rule.severity)
    }

    mutating func add(
        _ rule: TextRule, _ message: @autoclosure () -> String, at milliseconds: Int? = nil, severity: Finding.Severity
    ) {
        counts[rule, default: 0] += 1
        guard counts[rule, default: 0] <= Self.most else { return }
        findings.append(rule.finding(message(), at: milliseconds, severity: severity))
    }

    /// All of them, with a last one for each code of which there were more.
    var all: [Finding] {
        findings
            + TextRule.allCases.compactMap { rule in
                let more = counts[rule, default: 0] - Self.most
                return more > 0 ? rule.finding("\(more) more of this kind") : nil
            }
    }
}
