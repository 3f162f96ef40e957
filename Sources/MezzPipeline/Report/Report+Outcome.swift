package import MezzCore

extension Report {
    /// The verdict with all its findings, the source's and the package's.
    package struct QC: Hashable, Codable, Sendable {
        package let passed: Bool
        package let findings: [Finding]

        package init(passed: Bool, findings: [Finding]) {
            self.passed = passed
            self.findings = findings.map { finding in
                var place = finding.place
                place.seconds = place.seconds?.finite?.rounded(places: 6)
                return Finding(
                    finding.code, finding.severity, finding.message, place: place, remedy: finding.remedy)
            }
        }
    }
}
