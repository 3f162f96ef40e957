import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzPipeline
import MezzWorkflow

/// `mezz wait`: waits for a job and fetches its package.
struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until a fleet's job ends, and fetch its package.",
        discussion: "Its exit codes are those of mezz encode. The job goes on when the waiting is interrupted.")

    @Argument(help: "The job, as mezz submit printed it.")
    var job: String

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @OptionGroup(title: "Fleet")
    var store: StoreOptions

    @OptionGroup(title: "Cost")
    var price: PriceOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Folder for the package. (default: none is fetched)", valueName: "dir"))
    var output: String?

    @Option(help: ArgumentHelp("Give up after so long; the job goes on. (default: never)", valueName: "seconds"))
    var timeout: Double?

    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() async throws {
        let passing = try TemporaryFolder("wait")
        defer { passing.remove() }
        let queue = try await database.queue()
        let store = try await store.open(cache: passing.path)
        let (job, timeout, price) = (JobID(job), timeout, try price.price())
        let result = try await Interruptible.run(
            onSignal: { Output.error("the job goes on without this command") },
            { [output] in
                try await Self.end(of: job, in: queue, within: timeout)
                let folder = try output.map { try StateFolder(output: $0) }
                defer { folder.map { try? FileManager.default.removeItem(atPath: $0.root) } }
                return try await FleetDelivery(queue: queue, store: store).fetch(job, into: folder, price: price)
            })
        CostBook().learn(result.lesson)
        if json {
            Output.write(String(decoding: try result.report.encoded(), as: UTF8.self), to: .standardOutput)
        } else {
            Output.line(
                EncodeSummary(report: result.report, folder: output ?? "not fetched: name a folder with -o").text)
        }
        if !result.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    private static func end(of job: JobID, in queue: StampedQueue, within timeout: Double?) async throws {
        let started = ContinuousClock.now
        var display = JobProgressLine()
        while true {
            let status = try await queue.status(of: job)
            display.show(status)
            if status.state.isFinished { return display.end() }
            if let timeout, started.duration(to: .now) > .seconds(timeout) {
                display.end()
                throw Failure(
                    .temporary, what: "the job has not ended within \(timeout) s", place: job.value,
                    remedy: "wait for it again; mezz status tells where it stands")
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}

/// A job's progress as seen from afar: one line redrawn on a terminal, a plain one now and then elsewhere.
struct JobProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    private let started = ContinuousClock.now
    private var shown: (at: ContinuousClock.Instant, text: String)?

    mutating func show(_ status: JobStatus) {
        let now = ContinuousClock.now
        let elapsed = started.duration(to: now) / .seconds(1)
        let text = Self.text(status)
        if isTerminal {
            Output.write("\r\u{1B}[2K  \(text) · \(ProgressDisplay.clock(elapsed)) elapsed", to: .standardError)
        } else if shown.map({ $0.text != text && $0.at.duration(to: now) >= .seconds(10) }) ?? true {
            Output.error(text)
            shown = (now, text)
        }
    }

    func end() {
        if isTerminal { Output.write("\r\u{1B}[2K", to: .standardError) }
    }

    /// The stages that have something left to do, in the order of the work.
    private static func text(_ status: JobStatus) -> String {
        let open = status.kinds.filter { $0.value.open > 0 }
            .sorted { StageNames.rank($0.key) < StageNames.rank($1.key) }
            .compactMap { kind, counts in StageNames.title(kind).map { "\($0) \(counts.done)/\(counts.total)" } }
        return "\(status.state.rawValue): \(status.counts.done) of \(status.counts.total) tasks"
            + (open.isEmpty ? "" : " · " + open.joined(separator: " · "))
    }
}
