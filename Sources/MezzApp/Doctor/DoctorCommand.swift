import ArgumentParser
import Foundation
import MezzCore
import MezzEncode
import MezzMedia

/// `mezz doctor`: what was found, what is missing, and the command that mends it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check tools, versions, features and disk, with a remedy for each.")

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder whose disk is checked.", valueName: "dir"))
    var output: String = "."

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let diagnosis = await Diagnosis.make(output: output)
        if json { Output.json(diagnosis) } else { Output.line(diagnosis.text) }
        if !diagnosis.passed { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }
}

/// What the doctor found.
struct Diagnosis: Encodable {
    struct Check: Encodable {
        let name: String
        let passed: Bool
        let found: String
        let remedy: String?
    }

    let passed: Bool
    let checks: [Check]

    /// Space on the output's disk under which an encode is unlikely to end well.
    private static let wantedBytes = 10 << 30

    static func make(output: String) async -> Diagnosis {
        let environment = ProcessInfo.processInfo.environment
        let discovery = ToolDiscovery(environment: environment, cache: nil)
        var checks: [Check] = []
        for tool in Tool.required { checks += await self.checks(of: tool, discovery) }
        for (tool, use) in [(Tool.ttconv, "SCC and EBU STL cannot be read"), (.ear, "ADM cannot be rendered")] {
            checks.append(await optional(tool, use, discovery))
        }
        for helper in ["/usr/bin/prlimit", "/usr/bin/setpriv"] { checks.append(self.helper(helper)) }
        checks.append(disk(output))
        checks.append(
            Check(
                name: "machine", passed: true,
                found: "\(ProcessInfo.processInfo.activeProcessorCount) cores, "
                    + "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB", remedy: nil))
        return Diagnosis(passed: checks.allSatisfy(\.passed), checks: checks)
    }

    private static func checks(of tool: Tool, _ discovery: ToolDiscovery) async -> [Check] {
        do {
            let found = try await discovery.find(tool)
            let program = Check(
                name: tool.rawValue, passed: true, found: "\(found.version) at \(found.path.printable)", remedy: nil)
            guard tool == .ffmpeg else { return [program] }
            return [program] + features(of: found)
        } catch let failure as Failure {
            return [Check(name: tool.rawValue, passed: false, found: failure.what, remedy: failure.remedy)]
        } catch {
            return [
                Check(name: tool.rawValue, passed: false, found: String(describing: error), remedy: "run scripts/setup")
            ]
        }
    }

    /// Few titles need it, so that it is missing is no failure.
    private static func optional(_ tool: Tool, _ without: String, _ discovery: ToolDiscovery) async -> Check {
        let found = try? await discovery.find(tool)
        return Check(
            name: tool.rawValue, passed: true,
            found: found.map { "\($0.version) at \($0.path.printable)" }
                ?? "missing: \(without); \(tool.setup) installs it", remedy: nil)
    }

    private static func features(of ffmpeg: FoundTool) -> [Check] {
        let wanted =
            EncoderCatalog.all.map(\.encoderName) + [
                "aac", "ac3", "eac3", "libopus", "flac", "libvmaf", "ebur128", "bwdif",
            ]
        return wanted.map { feature in
            let has = ffmpeg.features.contains(feature)
            return Check(
                name: "ffmpeg \(feature)", passed: has, found: has ? "built in" : "missing",
                remedy: has ? nil : "run scripts/setup: the FFmpeg it fetches has it")
        }
    }

    private static func helper(_ path: String) -> Check {
        let has = FileManager.default.isExecutableFile(atPath: path)
        return Check(
            name: (path as NSString).lastPathComponent, passed: has, found: has ? path : "missing",
            remedy: has ? nil : "apt-get install util-linux")
    }

    private static func disk(_ output: String) -> Check {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: output)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Check(
                name: "disk", passed: false, found: "\(output.printable) is not there",
                remedy: "name a folder that exists")
        }
        let enough = free > Int64(wantedBytes)
        return Check(
            name: "disk", passed: enough, found: "\(free >> 30) GiB free",
            remedy: enough ? nil : "free space: an encode keeps its chunks until the end")
    }

    var text: String {
        let width = checks.map(\.name.count).max() ?? 0
        return checks.map { check in
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            return "\(check.passed ? "ok  " : "MISS")  \(name)  \(check.found)"
                + (check.remedy.map { " → \($0)" } ?? "")
        }.joined(separator: "\n")
    }
}
