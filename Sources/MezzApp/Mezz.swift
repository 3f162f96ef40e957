package import ArgumentParser
import Foundation
import Glibc
import MezzCore

/// The program.
package struct Mezz: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mezz", abstract: "Turns a mezzanine master into a measured, streaming-ready package.",
        discussion: """
            Exit codes: 0 done and passed; 1 ran, and the answer is no; 2 the work failed; 64 usage; 65 input \
            unreadable or refused; 69 a needed tool is missing; 75 temporary, try again; 130 and 143 interrupted.
            """, version: mezzVersion,
        subcommands: [
            EncodeCommand.self, LadderCommand.self, InspectCommand.self, ShotsCommand.self, AnalyzeCommand.self,
            PackageCommand.self, LoudnessCommand.self, ADMCommand.self, VMAFCommand.self, ExplainCommand.self,
            QCCommand.self,
            TextCommand.self,
            ProfilesCommand.self, KeysCommand.self, CertifyCommand.self, BDRateCommand.self, SubmitCommand.self,
            WorkerCommand.self,
            WaitCommand.self, StatusCommand.self,
            JobsCommand.self, CancelCommand.self, RetryCommand.self, FleetCommand.self,
            IntakeCommand.self, SimulateCommand.self, DoctorCommand.self, DemoCommand.self,
        ])

    package init() {}

    /// Parses the command line, runs the command and ends the process with its exit code.
    package static func runToExit() async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
        do {
            var command = try Mezz.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Glibc.exit(ErrorReport(error, wantsJSON: wantsJSON).print())
        }
        Glibc.exit(ExitStatus.done.rawValue)
    }
}
