import FoundationEssentials
import MezzCore
import MezzMedia

/// An engine's own command-line client.
struct EngineClient: Sendable {
    /// How a client's words are to be understood.
    struct Dialect: Sendable {
        /// How the program gets onto a machine.
        let installation: String
        /// Pieces of messages, in lower case, of an engine that is busy, full or away for now.
        let busy: [String]
    }

    private let runner: ClientRunner
    private let environment: [String: String]
    private let program: String
    private let dialect: Dialect

    init(_ program: String, runner: ClientRunner, environment: [String: String], dialect: Dialect) {
        self.program = program
        self.runner = runner
        self.environment = environment
        self.dialect = dialect
    }

    /// The same client for another of its programs.
    func called(_ program: String) -> EngineClient {
        EngineClient(program, runner: runner, environment: environment, dialect: dialect)
    }

    /// Runs the client and returns what it printed.
    /// - Throws: `Failure` with a remedy: `unavailable`, `temporary` or `failed`; `CancellationError`.
    func ask(_ arguments: [String], seconds: Double = 60) async throws -> Data {
        guard runner.locate(program) != nil else {
            throw Failure(
                .unavailable, what: "\(program.printable) not found", place: "PATH", remedy: dialect.installation)
        }
        let answer = try await runner.run(
            ClientCommand(program, arguments, environment: environment, seconds: seconds))
        guard answer.succeeded else { throw failure(answer, arguments) }
        return answer.output
    }

    private func failure(_ answer: ClientAnswer, _ arguments: [String]) -> Failure {
        let words = answer.errorTail.suffix(8).joined(separator: "\n")
        let place = ([program] + arguments.prefix(2)).joined(separator: " ").printable
        let lower = words.lowercased()
        if dialect.busy.contains(where: lower.contains) {
            return Failure(
                .temporary, what: "the engine cannot do it now", place: place,
                remedy: "try again later; see its own words below", detail: words)
        }
        guard case .exited(let code) = answer.ending else {
            return Failure(
                .temporary, what: "\(program) was ended from outside", place: place, remedy: "try again",
                detail: words)
        }
        return Failure(
            .failed, what: "\(program) failed with exit code \(code)", place: place,
            remedy: "see the program's own words below", detail: words)
    }
}

/// Names that engines take on their command lines and in lists.
enum EngineName {
    /// - Throws: `Failure` (`usage`) for anything but letters, digits, `-`, `_` and `.`, and for a leading `-`.
    static func check(_ name: String, what: String, most: Int = 63) throws(Failure) {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard allowed, !name.isEmpty, name.utf8.count <= most, !name.hasPrefix("-") else {
            throw Failure(
                .usage, what: "not a usable \(what)", place: name.printable,
                remedy: "use at most \(most) letters, digits, hyphens, underscores and dots, no hyphen first")
        }
    }
}
