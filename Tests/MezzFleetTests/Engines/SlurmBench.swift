import Foundation
import MezzFleet
import MezzMedia
import MezzTestKit
import Testing

/// A cluster, a stand-in for mezz that its jobs run, and the engine that starts them.
struct SlurmBench {
    /// One line that a stand-in for a worker wrote: what happened, element, node, restarts, process, parent, what was
    /// in MEZZ_DATABASE.
    struct Line {
        let words: [String]

        var event: String { words[0] }
        var element: String { words[1] }
        var node: String { words[2] }
        var restarts: Int { Int(words[3]) ?? 0 }
        var pid: Int32? { Int32(words[4]) }
        var parent: Int32? { Int32(words[5]) }
        var database: String { words[6] }
    }

    /// A worker in place of mezz: it writes down when it starts and when it is asked to end, and keeps its arguments.
    private static let worker = """
        #!/bin/sh
        log=$(dirname "$0")/log
        note() {
            echo "$1 $SLURM_ARRAY_TASK_ID $SLURMD_NODENAME ${SLURM_RESTART_COUNT:-0} $$ $PPID ${MEZZ_DATABASE:-none}" >>"$log"
        }
        trap 'note term; kill $!; exit 0' TERM
        note start
        echo "$@" >>"$(dirname "$0")/arguments"
        sleep 120 &
        wait $!
        """

    let cluster: SlurmCluster
    let folder: TestFolder
    let engine: SlurmEngine

    init(in folder: TestFolder) throws {
        cluster = try SlurmCluster()
        self.folder = folder
        let path = try folder.write(Data(Self.worker.utf8), to: "worker")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        var settings = SlurmEngine.Settings()
        settings.logs = folder.path
        engine = try SlurmEngine(
            program: path, command: WorkerInvocation(slots: 2, memory: 500), environment: SlurmCommandTests.secrets,
            settings: settings,
            runner: ClientRunner(
                path: ProcessInfo.processInfo.environment["PATH"] ?? "", environment: cluster.environment))
    }

    var lines: [Line] {
        ((try? folder.text("log")) ?? "").split(separator: "\n").map {
            Line(words: $0.split(separator: " ").map(String.init))
        }.filter { $0.words.count == 7 }
    }

    func until(_ what: Comment, within seconds: Double = 20, _ isSo: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(seconds)
        while try await !isSo() {
            try #require(ContinuousClock.now < limit, what)
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
