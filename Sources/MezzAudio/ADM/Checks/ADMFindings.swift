import MezzCore

/// Findings as they are made: of each rule the first twenty, and then how many more.
struct ADMFindings {
    private var list: [Finding] = []
    private var counts: [ADMRule: Int] = [:]

    private static let mostOfARule = 20

    mutating func add(_ rule: ADMRule, _ message: String, of id: String? = nil, at seconds: Double? = nil) {
        let count = counts[rule, default: 0] + 1
        counts[rule] = count
        if count <= Self.mostOfARule { list.append(rule.finding(message.printable, of: id, at: seconds)) }
    }

    /// Errors first, then warnings; otherwise in the order they were made.
    var all: [Finding] {
        let more = ADMRule.allCases.compactMap { rule -> Finding? in
            guard let count = counts[rule], count > Self.mostOfARule else { return nil }
            return rule.finding("and \(count - Self.mostOfARule) more")
        }
        let all = list + more
        return [Finding.Severity.error, .warning, .info].flatMap { severity in all.filter { $0.severity == severity } }
    }
}
