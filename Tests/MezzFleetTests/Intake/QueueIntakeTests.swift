import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzTestKit
import Synchronization
import Testing

/// Against Moto's SQS and S3, through the AWS command line interface.
@Suite("The intake", .serialized, .enabled(if: Moto.isHere, Moto.absence))
struct QueueIntakeTests {
    private final class Log: Sendable {
        private let state = Mutex<(taken: [UploadEvent], left: [Int], ignored: Int)>(([], [], 0))

        var taken: [UploadEvent] { state.withLock(\.taken) }
        /// How often each message that was left had been received.
        var left: [Int] { state.withLock(\.left) }
        var ignored: Int { state.withLock(\.ignored) }

        func note(_ event: IntakeEvent) {
            state.withLock { state in
                switch event {
                case .taken(let upload): state.taken.append(upload)
                case .left(_, let received, _): state.left.append(received)
                case .ignored: state.ignored += 1
                case .refused: break
                }
            }
        }
    }

    private struct Bench {
        let moto: Moto
        let url: String
        let arn: String
        let queue: MessageQueue
        let log = Log()

        init(attributes: String = "ReceiveMessageWaitTimeSeconds=0") async throws {
            moto = try Moto()
            let name = "intake-" + UUID().uuidString.prefix(8)
            let made = try await moto.aws(["sqs", "create-queue", "--queue-name=\(name)", "--attributes=\(attributes)"])
            url = try #require(made["QueueUrl"].string)
            arn = "arn:aws:sqs:us-east-1:123456789012:\(name)"
            queue = try MessageQueue(url: url, endpoint: moto.server.endpoint, runner: moto.runner)
        }

        func send(_ body: String) async throws {
            try await moto.aws(["sqs", "send-message", "--queue-url=\(url)", "--message-body=\(body)"])
        }

        /// Messages in the queue, held ones too.
        func count() async throws -> Int {
            let answer = try await moto.aws([
                "sqs", "get-queue-attributes", "--queue-url=\(url)", "--attribute-names=All",
            ])
            let names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
            return names.reduce(0) { $0 + (Int(answer["Attributes"][$1].string ?? "") ?? 0) }
        }

        func intake(
            holding: Int = 60, take: @escaping @Sendable (UploadEvent) async throws -> Void = { _ in }
        ) -> QueueIntake {
            QueueIntake(queue: queue, holding: holding, observer: log.note, take: take)
        }
    }

    private struct Refused: Error {}

    @Test("what is uploaded to a bucket is handed on once, and its message removed", .timeLimit(.minutes(5)))
    func uploadIsTaken() async throws {
        let bench = try await Bench()
        let bucket = "masters-" + UUID().uuidString.prefix(8).lowercased()
        try await bench.moto.aws(["s3api", "create-bucket", "--bucket=\(bucket)"])
        let settings = #"{"QueueConfigurations":[{"QueueArn":"\#(bench.arn)","Events":["s3:ObjectCreated:*"]}]}"#
        try await bench.moto.aws([
            "s3api", "put-bucket-notification-configuration", "--bucket=\(bucket)",
            "--notification-configuration=\(settings)",
        ])
        try await bench.moto.aws(["s3api", "put-object", "--bucket=\(bucket)", "--key=neu/a b+ü.mov"])
        let intake = bench.intake()
        // The first message may be the store's own test.
        for _ in 0..<2 where bench.log.taken.isEmpty { try await intake.takeNext() }
        #expect(bench.log.taken.map(\.bucket) == [bucket])
        #expect(bench.log.taken.map(\.key) == ["neu/a b+ü.mov"])
        #expect(try await bench.count() == 0)
    }

    @Test("a message that tells of no upload is removed", .timeLimit(.minutes(5)))
    func testEventIsRemoved() async throws {
        let bench = try await Bench()
        try await bench.send(#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"masters"}"#)
        #expect(try await bench.intake().takeNext())
        #expect(bench.log.ignored == 1 && bench.log.taken.isEmpty)
        #expect(try await bench.count() == 0)
    }

    @Test("what fails comes again, and is set aside by the queue's own policy", .timeLimit(.minutes(5)))
    func poison() async throws {
        let dead = try await Bench()
        let policy = #"{"RedrivePolicy":"{\"deadLetterTargetArn\":\"\#(dead.arn)\",\"maxReceiveCount\":\"2\"}"}"#
        let bench = try await Bench(attributes: policy)
        try await bench.send(UploadMessageTests.notification("bad.mov"))
        let intake = bench.intake(holding: 5) { _ in throw Refused() }
        for _ in 0..<2 {
            #expect(try await intake.takeNext())
            #expect(try await bench.count() == 1)
            try await Task.sleep(for: .seconds(6))
        }
        // The third time the queue sets it aside instead of giving it out.
        #expect(try await !intake.takeNext())
        #expect(bench.log.left == [1, 2])
        #expect(try await bench.count() == 0)
        #expect(try await dead.count() == 1)
    }

    @Test("a message that nobody understands is left", .timeLimit(.minutes(5)))
    func unknownForm() async throws {
        let bench = try await Bench()
        try await bench.send("hello")
        #expect(try await bench.intake { _ in Issue.record("it was handed on") }.takeNext())
        #expect(bench.log.left == [1])
        #expect(try await bench.count() == 1)
    }

    @Test("ended in the middle it leaves the message where it is", .timeLimit(.minutes(5)))
    func cancelled() async throws {
        let bench = try await Bench()
        try await bench.send(UploadMessageTests.notification("a.mov"))
        let (begun, signal) = AsyncStream<Void>.makeStream()
        let intake = bench.intake { _ in
            signal.yield()
            try await Task.sleep(for: .seconds(600))
        }
        let running = Task { try await intake.run() }
        for await _ in begun { break }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(try await bench.count() == 1)
        #expect(bench.log.taken.isEmpty && bench.log.left.isEmpty)
    }
}
