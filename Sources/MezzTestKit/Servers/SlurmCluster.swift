import Foundation
import Glibc
import Synchronization

/// A Slurm cluster for tests, all on this machine: a controller and four nodes of two processors, with its own `munged`,
/// in a folder of its own. It ends with the process that started it, however that ends.
///
/// Partition `spare` takes all nodes and is the default; jobs of partition `urgent` push its jobs away, with twenty
/// seconds of grace.
package final class SlurmCluster: Sendable {
    /// What client programs need in their environment.
    package var environment: [String: String] { ["SLURM_CONF": folder + "/slurm.conf"] }
    /// The names of the nodes.
    package static let nodes = ["n1", "n2", "n3", "n4"]
    private let folder: String
    /// The input of the shell that keeps the daemons; when it ends the shell ends them.
    private let leash: Pipe

    /// Whether one can be run here.
    package static let isInstalled =
        ["sbatch", "squeue", "scontrol"].allSatisfy { ServerProcess.program($0) != nil }
        && ["slurmctld", "slurmd", "munged"].allSatisfy { daemon($0) != nil }

    /// What a skipped test says.
    package static let absence = "no Slurm here (apt-get install slurm-wlm munge), so this is not tested"

    /// Starts the daemons and waits until all nodes are idle.
    package init() throws {
        folder = NSTemporaryDirectory() + "mezz-slurm-" + UUID().uuidString.prefix(8)
        leash = Pipe()
        try prepare()
        let keeper = Process()
        keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
        keeper.arguments = ["-c", Self.keeping, "sh", folder]
        keeper.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
            .merging(["PATH": Self.path]) { _, new in new }
        keeper.currentDirectoryURL = URL(fileURLWithPath: folder)
        keeper.standardInput = leash
        keeper.standardOutput = FileHandle.nullDevice
        keeper.standardError = FileHandle.nullDevice
        try keeper.run()
        for node in Self.nodes { try tell("start \(node)") }
        let limit = Date().addingTimeInterval(60)
        while Date() < limit {
            let states = (try? client("sinfo", ["--noheader", "--Node", "--format=%t", "--partition=spare"])) ?? ""
            if states.split(separator: "\n").count(where: { $0 == "idle" }) == Self.nodes.count { return }
            usleep(100_000)
        }
        throw ServerProcess.NotStarted(
            name: "Slurm",
            log: ["munge.log", "ctl.log", "n1.log"].map { contents($0) }.joined(separator: "\n"))
    }

    deinit {
        // The shell's `Process` lives as long as the shell, and the leash with it: it has to be let go of.
        try? leash.fileHandleForWriting.close()
    }

    /// The number of a node's daemon, which has no children but those of its jobs' own daemons.
    package func daemon(of node: String) throws -> Int32 {
        guard let pid = Int32(contents("\(node).pid").trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw ServerProcess.NotStarted(name: node, log: contents("\(node).log"))
        }
        return pid
    }

    /// Starts a node's daemon again.
    package func restart(_ node: String) throws { try tell("start \(node)") }

    /// What one of Slurm's client programs prints.
    @discardableResult
    package func client(
        _ program: String, _ arguments: [String], environment further: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: ServerProcess.program(program) ?? program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
            .merging(further) { _, new in new }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ServerProcess.NotStarted(name: program, log: complaint) }
        return text
    }

    private static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"

    private static func daemon(_ name: String) -> String? {
        ServerProcess.program(name)
            ?? ["/usr/sbin/", "/sbin/"].map { $0 + name }.first(where: FileManager.default.isExecutableFile)
    }

    private func tell(_ line: String) throws {
        try leash.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    private func contents(_ name: String) -> String {
        (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
    }

    private func prepare() throws {
        let manager = FileManager.default
        // Others must be able to reach the socket: it is how munge knows them.
        let open: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
        for name in ["", "/munge", "/ctl"] + Self.nodes.map({ "/" + $0 }) {
            try manager.createDirectory(
                atPath: folder + name, withIntermediateDirectories: true, attributes: open)
        }
        let key = Data((0..<128).map { _ in UInt8.random(in: 0...255) })
        _ = manager.createFile(
            atPath: folder + "/munge/key", contents: key, attributes: [.posixPermissions: 0o600])
        let settings = try SlurmSettings(folder: folder, nodes: Self.nodes).text
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/slurm.conf"))
    }

    /// Reads what to do from its input, and clears up when that ends. Jobs are cancelled first: their own daemons
    /// outlive the node's.
    private static let keeping = """
        folder=$1
        munged --foreground --force --socket="$folder/munge/socket" --key-file="$folder/munge/key" \\
            --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" \\
            --num-threads=2 >"$folder/munge.log" 2>&1 </dev/null &
        daemons=$!
        rounds=0
        while [ ! -S "$folder/munge/socket" ] && [ $rounds -lt 100 ]; do sleep 0.05; rounds=$((rounds + 1)); done
        slurmctld -D -c >"$folder/ctl.log" 2>&1 </dev/null &
        daemons="$! $daemons"
        while read -r verb node; do
            [ "$verb" = start ] || continue
            slurmd -D -N "$node" >"$folder/$node.log" 2>&1 </dev/null &
            echo $! >"$folder/$node.pid"
            daemons="$! $daemons"
        done
        scancel --me --full --signal=KILL
        scancel --me
        rounds=0
        while [ -n "$(squeue --me --noheader 2>/dev/null)" ] && [ $rounds -lt 30 ]; do
            sleep 0.2; rounds=$((rounds + 1))
        done
        for daemon in $daemons; do kill -TERM "$daemon" 2>/dev/null; done
        sleep 1
        for daemon in $daemons; do kill -KILL "$daemon" 2>/dev/null; done
        rm -rf -- "$folder"
        """
}
