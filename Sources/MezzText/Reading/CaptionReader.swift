import Foundation
import MezzCore
import MezzMedia

/// Reads SCC (CEA-608) and EBU STL by ttconv, which turns them into TTML.
struct CaptionReader {
    let runner: ToolRunner

    /// Read 40,000 lines of SCC in 12 s of CPU and 130 MB; a feature film has a tenth of them.
    private static let limits = ProcessLimits(
        cpuSeconds: 300, memoryBytes: 4 << 30, fileBytes: 256 << 20, stallSeconds: 60)

    func read(_ bytes: [UInt8], as format: TextFormat, place: String) async throws -> TextReading {
        guard runner.tools[.ttconv] != nil else {
            throw Failure(
                .unavailable, what: "\(format.name) is read by ttconv, which is not there", place: place,
                remedy: "run scripts/setup, which installs it (it needs Python 3)")
        }
        try Self.check(bytes, format, place)
        let folder = try TemporaryFolder("text")
        defer { folder.remove() }
        // The names are ours: the user's never reach ttconv.
        let (input, output) = (folder.path + "/in." + format.rawValue, folder.path + "/out.ttml")
        try Data(bytes).write(to: URL(fileURLWithPath: input))
        let command = ToolCommand(
            .ttconv,
            [
                "convert", "-i", input, "-o", output, "--itype", format.rawValue, "--otype", "ttml", "--config",
                #"{"general": {"progress_bar": false, "log_level": "WARN"}}"#,
            ], workingDirectory: folder.path, limits: Self.limits, subject: place)
        let result = try await runner.attempt(command)
        guard result.succeeded, let text = FileManager.default.contents(atPath: output) else {
            throw Self.refusal(result, format, place)
        }
        let reading = try TTMLReader.read(Array(text), format: format, place: place)
        return TextReading(
            text: reading.text, format: format,
            findings: result.errorTail.prefix(20).map { TextRule.reader.finding("ttconv: \($0.printable)") }
                + reading.findings)
    }

    /// What can be said without a child process.
    private static func check(_ bytes: [UInt8], _ format: TextFormat, _ place: String) throws(Failure) {
        switch format {
        case .scc:
            guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0 }) else {
                throw Failure(
                    .input, what: "SCC is written in ASCII, and this is not", place: place,
                    remedy: "check that it is SCC and has no byte order mark")
            }
        case .stl:
            // EBU Tech 3264: a block of 1024 bytes, then blocks of 128.
            guard bytes.count > 1024, (bytes.count - 1024) % 128 == 0 else {
                throw Failure(
                    .input, what: "the file is cut off: EBU STL has 1024 bytes and then blocks of 128", place: place,
                    remedy: "copy it again")
            }
        default: break
        }
    }

    private static func refusal(_ result: ChildResult, _ format: TextFormat, _ place: String) -> Failure {
        let words = result.errorTail.suffix(4).joined(separator: "\n")
        switch result.ending {
        case .exited(126), .exited(127):
            return Failure(
                .unavailable, what: "ttconv does not start: there is no Python 3", place: place,
                remedy: "install python3", detail: words)
        case .signalled, .stalled:
            return Failure(
                .input, what: "ttconv took more time or memory than any title's captions do", place: place,
                remedy: "check where the file comes from", detail: words)
        default:
            return Failure(
                .input, what: "ttconv cannot read it as \(format.name)", place: place,
                remedy: "if it is another format, name it with --from; else export it again", detail: words)
        }
    }
}
