import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzPipeline
import MezzWorkflow

/// `mezz intake`: makes a job of each upload.
struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "Submit a job for every file that is uploaded to a bucket.",
        discussion: """
            Listens to the SQS queue that the bucket's events go to, through the program aws, which also fetches the \
            uploads. A message is removed when its job stands; what fails comes again and is set aside by the queue's own \
            redrive policy. The same file twice is one job.
            """)

    @Option(help: ArgumentHelp("The queue, as aws sqs get-queue-url prints it.", valueName: "url"))
    var sqs: String

    @OptionGroup
    var options: SubmissionOptions

    @Option(help: ArgumentHelp("Take only uploads whose names end so. Repeatable. (default: all)", valueName: ".mov"))
    var suffix: [String] = []

    @Flag(help: "Take what is there and end.")
    var once = false

    func run() async throws {
        let keys = try await options.package.keys()
        let tools = try await Tooling.findForJobs()
        let wish = try await options.package.wish(keys: keys, tools: tools)
        let passing = try TemporaryFolder("intake")
        defer { passing.remove() }
        let submission = try await options.submission(tools: tools, cache: passing.path + "/cache")
        let environment = ProcessInfo.processInfo.environment
        let runner = ClientRunner(path: environment["PATH"] ?? "/usr/bin:/bin")
        let download = UploadDownload(
            runner: runner, folder: passing.path, endpoint: environment["AWS_ENDPOINT_URL_S3"])
        let costs = Quoting(rates: CostBook().rates, price: try options.price.price())
        let (suffix, terms, once) = (suffix, options.terms.terms(), once)
        let intake = QueueIntake(
            queue: try MessageQueue(url: sqs, endpoint: environment["AWS_ENDPOINT_URL_SQS"], runner: runner),
            observer: { Output.error("\(Date().formatted(.iso8601)) \(IntakeText.text($0))") },
            take: { upload in
                guard suffix.isEmpty || suffix.contains(where: upload.key.hasSuffix), !upload.isFolderMark else {
                    return
                }
                let path = try await download.fetch(upload)
                defer { try? FileManager.default.removeItem(atPath: path) }
                let name = upload.key.split(separator: "/").last.map(String.init) ?? upload.key
                let job = try await submission.submit(
                    path, name: name, spec: wish.spec, sideFiles: wish.sideFiles, terms: terms, costs: costs)
                Output.line("\(job) \("s3://\(upload.bucket)/\(upload.key)".printable)")
            })
        try await Interruptible.run(
            onSignal: {},
            {
                if once { while try await intake.takeNext() {} } else { try await intake.run() }
            })
    }
}

/// Fetches an upload through the program aws.
private struct UploadDownload: Sendable {
    let runner: ClientRunner
    let folder: String
    let endpoint: String?

    /// A day: the largest masters over the slowest links.
    private static let limit = 86_400.0

    func fetch(_ upload: UploadEvent) async throws -> String {
        let ending = (upload.key as NSString).pathExtension.unicodeScalars
            .filter { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }.prefix(8)
        let path =
            "\(folder)/\(UUID().uuidString)" + (ending.isEmpty ? "" : "." + String(String.UnicodeScalarView(ending)))
        var arguments = [
            "s3", "cp", "--no-progress", "--only-show-errors", "s3://\(upload.bucket)/\(upload.key)", path,
        ]
        if let endpoint { arguments += ["--endpoint-url", endpoint] }
        let answer = try await runner.run(ClientCommand("aws", arguments, seconds: Self.limit))
        guard answer.succeeded else {
            throw Failure(
                .temporary, what: "the upload cannot be fetched",
                place: "s3://\(upload.bucket)/\(upload.key)".printable,
                remedy: "check that this machine may read the bucket",
                detail: answer.errorTail.joined(separator: "\n"))
        }
        return path
    }
}

/// What an intake says.
private enum IntakeText {
    static func text(_ event: IntakeEvent) -> String {
        switch event {
        case .taken(let upload): "taken: s3://\(upload.bucket)/\(upload.key)".printable
        case .ignored(let message): "message \(message.printable) tells of no upload: removed"
        case .left(let message, let received, let because):
            "message \(message.printable) left, received \(received) times: \(because.printable)"
        case .refused(let failure, let wait): "\(failure); again in \(wait.components.seconds) s"
        }
    }
}
