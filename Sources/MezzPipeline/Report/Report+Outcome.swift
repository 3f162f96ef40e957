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

    /// What the job took.
    package struct Cost: Hashable, Codable, Sendable {
        package let wallSeconds: Double
        package let cpuSeconds: Double
        package let stages: [Stage]
        package let trialEncodes: Int
        /// Results that were taken from the store instead of being worked out again.
        package let reused: Int

        package init(wallSeconds: Double, cpuSeconds: Double, stages: [Stage], trialEncodes: Int, reused: Int) {
            self.wallSeconds = wallSeconds.rounded(places: 2)
            self.cpuSeconds = cpuSeconds.rounded(places: 2)
            self.stages = stages
            self.trialEncodes = trialEncodes
            self.reused = reused
        }

        private enum CodingKeys: String, CodingKey {
            case wallSeconds = "wall_seconds"
            case cpuSeconds = "cpu_seconds"
            case stages
            case trialEncodes = "trial_encodes"
            case reused
        }
    }

    /// One stage's share of the cost.
    package struct Stage: Hashable, Codable, Sendable {
        package let name: String
        package let tasks: Int
        package let cpuSeconds: Double
        /// Of all its tasks, added up: tasks that run side by side count each.
        package let wallSeconds: Double
        /// How many of its tasks were answered by a stored result.
        package let cached: Int

        package init(name: String, tasks: Int, cpuSeconds: Double, wallSeconds: Double, cached: Int) {
            self.name = name
            self.tasks = tasks
            self.cpuSeconds = cpuSeconds.rounded(places: 2)
            self.wallSeconds = wallSeconds.rounded(places: 2)
            self.cached = cached
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case tasks
            case cpuSeconds = "cpu_seconds"
            case wallSeconds = "wall_seconds"
            case cached
        }
    }
}
