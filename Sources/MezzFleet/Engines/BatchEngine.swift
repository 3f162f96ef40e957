import FoundationEssentials
package import MezzCore
package import MezzMedia

/// Workers as AWS Batch jobs, through `aws batch`.
///
/// The job definition says which image runs and takes the addresses of database and store from a secret; the image's
/// entry point is mezz.
package struct BatchEngine: ComputeEngine {
    /// How jobs are submitted.
    package struct Settings: Sendable {
        /// Tells this fleet's jobs from others in the same queue.
        package var jobName = "mezz-worker"
        /// Name or ARN of the job queue.
        package var queue: String
        /// Name, name and revision, or ARN of the job definition.
        package var definition: String
        /// `nil` leaves it to the client's own settings.
        package var region: String?

        package init(queue: String, definition: String) {
            self.queue = queue
            self.definition = definition
        }
    }

    package let name = "batch"
    private let command: WorkerInvocation
    private let settings: Settings
    private let client: EngineClient

    /// The most elements of an array job; the least is 2:
    /// https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html
    private static let arraySize = 10_000

    /// - Throws: `Failure` (`usage`) for a job name that cannot be.
    package init(command: WorkerInvocation, settings: Settings, runner: ClientRunner) throws(Failure) {
        try EngineName.check(settings.jobName, what: "job name")
        self.command = command
        self.settings = settings
        client = AWSClient.make(runner)
    }

    package func workers() async throws -> EngineWorkers {
        var alone: [String: EngineWorkers] = [:]
        var arrays: Set<String> = []
        // Asked by state, since all at once would list every job of the last week; and along a job's life, so that one
        // that moves on meanwhile is seen again rather than missed.
        for state in ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"] {
            let list: JobList = try await ask([
                "list-jobs", "--job-queue=\(settings.queue)", "--job-status=\(state)",
            ])
            for job in list.jobSummaryList where job.jobName == settings.jobName {
                // Elements of arrays are named after their array, and counted with it.
                if let colon = job.jobId.firstIndex(of: ":") {
                    arrays.insert(String(job.jobId[..<colon]))
                } else if job.arrayProperties?.size != nil {
                    arrays.insert(job.jobId)
                } else {
                    let runs = state == "RUNNING"
                    alone[job.jobId] = EngineWorkers(pending: runs ? 0 : 1, running: runs ? 1 : 0)
                }
            }
        }
        for array in arrays { alone[array] = nil }
        return try await elements(of: arrays.sorted()).reduce(alone.values.reduce(.none, +), +)
    }

    /// The workers in each of the arrays.
    private func elements(of arrays: [String]) async throws -> [EngineWorkers] {
        var found: [EngineWorkers] = []
        // The most that one question may name.
        for first in stride(from: 0, to: arrays.count, by: 100) {
            let jobs = arrays[first..<min(first + 100, arrays.count)]
            let answer: JobDetails = try await ask(["describe-jobs", "--jobs"] + jobs)
            found += answer.jobs.map(\.workers)
        }
        return found
    }

    package func start(_ count: Int) async throws {
        var left = count
        while left > 0 {
            let size = min(left, Self.arraySize)
            let answer: Submitted = try await ask(try arguments(size))
            guard !answer.jobId.isEmpty else {
                throw Failure(
                    .failed, what: "no job was made", place: "aws batch submit-job",
                    remedy: "look into the job queue")
            }
            left -= size
        }
    }

    func arguments(_ count: Int) throws -> [String] {
        let needs = [
            Overrides.Requirement(type: "VCPU", value: "\(command.slots)"),
            Overrides.Requirement(type: "MEMORY", value: "\(command.memory)"),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let overrides = try encoder.encode(Overrides(command: command.arguments, resourceRequirements: needs))
        var list = [
            "submit-job", "--job-name=\(settings.jobName)", "--job-queue=\(settings.queue)",
            "--job-definition=\(settings.definition)",
            "--container-overrides=\(String(decoding: overrides, as: UTF8.self))",
        ]
        if count > 1 { list.append("--array-properties=size=\(count)") }
        return list
    }

    private func ask<Answer: Decodable>(_ arguments: [String]) async throws -> Answer {
        let data = try await client.ask(["batch"] + arguments + AWSClient.options(region: settings.region))
        return try AWSClient.read(data, from: "aws batch \(arguments.first ?? "")")
    }
}

private struct Overrides: Encodable {
    struct Requirement: Encodable {
        let type: String
        let value: String
    }

    let command: [String]
    let resourceRequirements: [Requirement]
}

private struct Submitted: Decodable {
    let jobId: String
}

private struct JobList: Decodable {
    struct Job: Decodable {
        struct ArrayProperties: Decodable { let size: Int? }

        let jobId: String
        let jobName: String
        let arrayProperties: ArrayProperties?
    }

    let jobSummaryList: [Job]
}

private struct JobDetails: Decodable {
    struct Job: Decodable {
        struct ArrayProperties: Decodable {
            let size: Int?
            let statusSummary: [String: Int]?
        }

        let arrayProperties: ArrayProperties?

        /// Elements that have not ended. Before the first is counted under a state, all of them are pending.
        var workers: EngineWorkers {
            let states = arrayProperties?.statusSummary ?? [:]
            let running = states["RUNNING"] ?? 0
            let ended = (states["SUCCEEDED"] ?? 0) + (states["FAILED"] ?? 0)
            let size = arrayProperties?.size ?? 0
            return EngineWorkers(pending: max(0, size - running - ended), running: running)
        }
    }

    let jobs: [Job]
}
