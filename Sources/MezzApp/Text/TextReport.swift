import MezzCore
import MezzText

/// What was found of one text file.
struct TextReport: Encodable {
    let file: String
    let format: TextFormat?
    let language: String?
    let forced: Bool
    let cues: Int
    let firstSeconds: Double?
    let lastSeconds: Double?
    let findings: [Finding]
    /// Why it cannot be read.
    let error: Failure?

    var passed: Bool { error == nil && findings.allSatisfy { $0.severity != .error } }

    init(file: String, format: TextFormat, text: TimedText, findings: [Finding]) {
        self.file = file
        self.format = format
        language = text.language
        forced = text.isForced
        cues = text.cues.count
        firstSeconds = text.cues.map(\.start).min().map { Double($0) / 1000 }
        lastSeconds = text.cues.map(\.end).max().map { Double($0) / 1000 }
        self.findings = findings
        error = nil
    }

    init(file: String, failure: Failure) {
        self.file = file
        format = nil
        language = nil
        forced = false
        cues = 0
        firstSeconds = nil
        lastSeconds = nil
        findings = []
        error = failure
    }

    private enum CodingKeys: String, CodingKey {
        case file
        case format
        case language
        case forced
        case cues
        case firstSeconds = "first_seconds"
        case lastSeconds = "last_seconds"
        case passed
        case findings
        case error
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(format, forKey: .format)
        try container.encode(language, forKey: .language)
        try container.encode(forced, forKey: .forced)
        try container.encode(cues, forKey: .cues)
        try container.encode(firstSeconds, forKey: .firstSeconds)
        try container.encode(lastSeconds, forKey: .lastSeconds)
        try container.encode(passed, forKey: .passed)
        try container.encode(findings, forKey: .findings)
        try container.encode(error, forKey: .error)
    }

    /// For a person.
    var text: String {
        if let error { return "\(file.printable): error: \(error.what): \(error.remedy)" }
        let head =
            "\(file.printable): \(format?.name ?? ""), \(cues) cues, language \(language?.printable ?? "not named")"
        let lines = findings.map { finding in
            let place = finding.place.seconds.map { "\(Double(Int(($0 * 1000).rounded())) / 1000) s: " } ?? ""
            return "\(finding.severity.rawValue): \(place)\(finding.message.printable) (\(finding.code)): "
                + finding.remedy
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        return ([head] + lines + ["\(passed ? "passed" : "FAILED"): \(errors) errors, \(warnings) warnings"])
            .joined(separator: "\n")
    }
}

/// What was found of several.
struct TextReports: Encodable {
    let files: [TextReport]

    private enum CodingKeys: String, CodingKey {
        case passed
        case files
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(files.allSatisfy(\.passed), forKey: .passed)
        try container.encode(files, forKey: .files)
    }
}
