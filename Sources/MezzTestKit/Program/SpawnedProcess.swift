import Foundation
import Glibc
import Synchronization

/// A child process by `posix_spawn`. Foundation's `Process` keeps something of every child it ever started, and brings its
/// own process down after a few thousand; a run of chaos starts more.
final class SpawnedProcess: Sendable {
    let pid: pid_t
    /// What `waitpid` told; `nil` while it runs.
    private let ended = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - command: The program's path and its arguments.
    ///   - folder: Its working directory.
    ///   - output: File that takes its standard output; the next the standard error.
    init(_ command: [String], environment: [String: String], in folder: String, output: String, errors: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // A child must not hold a test's own sockets open.
        for descriptor in Self.descriptors where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of Swift's pool have all signals blocked, and children inherit that.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        // The shell changes the folder and becomes the program.
        let words = CStrings(["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder] + command)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, words.pointers, variables.pointers)
        guard code == 0 else { throw NotSpawned(program: command[0], code: code) }
        self.pid = pid
    }

    /// Its end as `waitpid` tells it; `nil` while it runs.
    var status: Int32? {
        ended.withLock { ended in
            guard ended == nil else { return ended }
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid { ended = status }
            return ended
        }
    }

    private static var descriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    /// The program could not be started.
    struct NotSpawned: Error {
        let program: String
        let code: Int32
    }

    /// Strings for C, as long as this lives.
    private final class CStrings {
        var pointers: [UnsafeMutablePointer<CChar>?]

        init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }

        deinit { for pointer in pointers { free(pointer) } }
    }
}
