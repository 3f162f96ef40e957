import Foundation
import Glibc

/// A running server process and the shell that keeps it: the shell stops the server when this process ends, however
/// that comes about.
struct PostgresKeeper: Sendable {
    let server: Int32
    /// The shell's input, held by this process alone, so that it ends with it.
    private let leash: Pipe

    /// Starts `command`; its words go to `folder`/log.
    init(folder: String, command: [String]) throws {
        let keeper = Process()
        let output = Pipe()
        leash = Pipe()
        keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
        keeper.arguments = ["-c", Self.keeping, "sh", folder] + command
        keeper.currentDirectoryURL = URL(fileURLWithPath: "/")
        keeper.standardInput = leash
        keeper.standardOutput = output
        // Whoever reads this process's errors shall not have to wait for the keeper's end.
        keeper.standardError = FileHandle.nullDevice
        try keeper.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let number = Int32(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw PostgresServer.NotStarted(log: line)
        }
        server = number
    }

    /// Ends the server with SIGKILL and leaves its folder.
    func kill() throws { try end("crash") }

    /// Ends it with SIGQUIT, which its `immediate` shutdown is.
    func stopImmediately() throws { try end("quit") }

    private func end(_ word: String) throws {
        try leash.fileHandleForWriting.write(contentsOf: Data("\(word)\n".utf8))
        let limit = Date().addingTimeInterval(20)
        while Glibc.kill(server, 0) == 0, Date() < limit { usleep(10_000) }
    }

    /// (`wait` would wait for ever: threads of Swift's pool have all signals blocked, and their children inherit that.)
    private static let keeping = """
        folder=$1; shift
        "$@" >>"$folder/log" 2>&1 </dev/null &
        echo $!
        read -r end
        if [ "$end" = crash ] || [ "$end" = quit ]; then
            if [ "$end" = crash ]; then kill -KILL $!; else kill -QUIT $!; fi
            # Takes note of the server's end: its successor refuses to start while there is a process of its number.
            rounds=0
            while kill -0 $! 2>>"$folder/log" && [ $rounds -lt 100 ]; do sleep 0.1; rounds=$((rounds + 1)); done
            exit
        fi
        kill -QUIT $! 2>>"$folder/log"
        rounds=0
        while [ -e "$folder/data/postmaster.pid" ] && [ $rounds -lt 50 ]; do sleep 0.1; rounds=$((rounds + 1)); done
        rm -rf -- "$folder"
        """
}
