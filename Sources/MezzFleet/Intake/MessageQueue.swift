import FoundationEssentials
package import MezzCore
package import MezzMedia

/// A message that is held for a while: nobody else is given it.
package struct HeldMessage: Sendable, Hashable {
    package let id: String
    /// Changes each time it is received.
    package let receipt: String
    package let body: String
    /// How often it has been received, this time counted.
    package let received: Int
}

/// A queue of Amazon SQS, through `aws sqs`.
package struct MessageQueue: Sendable {
    private let url: String
    private let region: String?
    private let endpoint: String?
    private let client: EngineClient

    /// - Parameters:
    ///   - url: The queue's own address.
    ///   - region: `nil` leaves it to the client's own settings.
    ///   - endpoint: The address of a service other than Amazon's.
    /// - Throws: `Failure` (`usage`) when `url` is no address of a queue.
    package init(
        url: String, region: String? = nil, endpoint: String? = nil, runner: ClientRunner
    ) throws(Failure) {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Failure(
                .usage, what: "not the address of a queue", place: url.printable,
                remedy: "give the queue's URL, as `aws sqs get-queue-url` prints it")
        }
        self.url = url
        self.region = region
        self.endpoint = endpoint
        client = AWSClient.make(runner)
    }

    /// Waits up to 20 seconds for messages and holds them for `time`.
    func receive(atMost count: Int, holding time: Int) async throws -> [HeldMessage] {
        let data = try await ask([
            "receive-message", "--max-number-of-messages=\(count)", "--wait-time-seconds=20",
            "--visibility-timeout=\(time)", "--attribute-names=ApproximateReceiveCount",
        ])
        // Without messages nothing is printed.
        guard !data.isEmpty else { return [] }
        let answer: Received = try AWSClient.read(data, from: "aws sqs receive-message")
        return (answer.messages ?? []).map { message in
            HeldMessage(
                id: message.id, receipt: message.receipt, body: message.body,
                received: message.attributes?["ApproximateReceiveCount"].flatMap { Int($0) } ?? 1)
        }
    }

    /// Holds a message for `time` seconds from now; 0 gives it back.
    func hold(_ message: HeldMessage, for time: Int) async throws {
        _ = try await ask([
            "change-message-visibility", "--receipt-handle=\(message.receipt)", "--visibility-timeout=\(time)",
        ])
    }

    func delete(_ message: HeldMessage) async throws {
        _ = try await ask(["delete-message", "--receipt-handle=\(message.receipt)"])
    }

    private func ask(_ arguments: [String]) async throws -> Data {
        try await client.ask(
            ["sqs"] + arguments + ["--queue-url=\(url)"] + AWSClient.options(region: region, endpoint: endpoint))
    }
}

private struct Received: Decodable {
    struct Message: Decodable {
        let id: String
        let receipt: String
        let body: String
        let attributes: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case id = "MessageId"
            case receipt = "ReceiptHandle"
            case body = "Body"
            case attributes = "Attributes"
        }
    }

    let messages: [Message]?

    private enum CodingKeys: String, CodingKey {
        case messages = "Messages"
    }
}
