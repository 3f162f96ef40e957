import Foundation

/// What a child process may use before it is ended.
package struct ProcessLimits: Sendable, Hashable {
    /// CPU seconds, user and system.
    package var cpuSeconds: Int?
    /// Address space in bytes.
    package var memoryBytes: Int?
    /// Size in bytes of any single file it writes.
    package var fileBytes: Int?
    /// Seconds without output or use of CPU after which the child counts as hung.
    package var stallSeconds: Double

    package init(cpuSeconds: Int? = nil, memoryBytes: Int? = nil, fileBytes: Int? = nil, stallSeconds: Double = 300) {
        self.cpuSeconds = cpuSeconds
        self.memoryBytes = memoryBytes
        self.fileBytes = fileBytes
        self.stallSeconds = stallSeconds
    }

    /// For work on whole titles: a day of CPU, twice the machine's memory as address space (threads reserve far
    /// more than they use), files of a quarter tebibyte.
    package static let work = ProcessLimits(
        cpuSeconds: 86400, memoryBytes: max(16 << 30, 2 * Int(ProcessInfo.processInfo.physicalMemory)),
        fileBytes: 256 << 30)

    /// The child's command line behind the programs (util-linux) that set its limits and tie its life to ours:
    /// a killed mezz must not leave encoders running. Both replace themselves by the program they start.
    func wrap(executable: String, arguments: [String]) -> (executable: String, arguments: [String]) {
        var limited = ["--pdeathsig", "KILL", "--", "/usr/bin/prlimit", "--core=0"]
        // At the soft limit the kernel sends SIGXCPU, which tells the cause; at the hard one SIGKILL, which does not.
        if let cpuSeconds { limited.append("--cpu=\(cpuSeconds):\(cpuSeconds + 2)") }
        if let memoryBytes { limited.append("--as=\(memoryBytes)") }
        if let fileBytes { limited.append("--fsize=\(fileBytes)") }
        return ("/usr/bin/setpriv", limited + ["--", executable] + arguments)
    }
}
