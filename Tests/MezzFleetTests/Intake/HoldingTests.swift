import Foundation
import MezzFleet
import MezzTestKit
import Testing

@Suite("A message that is being taken")
struct HoldingTests {
    private static let held = "change-message-visibility"

    @Test(
        "is held on for as long as that lasts, and then removed, whether holding succeeds or not", arguments: [0, 255])
    func held(holdingEndsWith status: Int) async throws {
        try await TestFolder.with { folder in
            let message: [String: Any] = [
                "MessageId": "m", "ReceiptHandle": "-r/1+", "Body": UploadMessageTests.notification("long.mov"),
                "Attributes": ["ApproximateReceiveCount": "1"],
            ]
            let path = try folder.write(
                JSONSerialization.data(withJSONObject: ["Messages": [message]]), to: "message")
            let aws = try RecordingProgram(
                "aws", in: folder,
                body: "case $2 in receive-message) cat '\(path)';; \(Self.held)) exit \(status);; esac")
            let clock = FakeClock()
            let queue = try MessageQueue(
                url: "https://queue.example/1/q", runner: RecordingProgram.runner(in: folder, environment: [:]))
            let intake = QueueIntake(queue: queue, holding: 90, clock: clock) { _ in
                for round in 1...4 {
                    try await Self.until { !clock.alarms.isEmpty }
                    clock.advance(by: .seconds(30))
                    try await Self.until { try aws.calls.count { $0.arguments[1] == Self.held } == round }
                }
            }
            #expect(try await intake.takeNext())
            let calls = try aws.calls.map(\.arguments)
            #expect(
                calls.map { $0[1] } == ["receive-message"] + [String](repeating: Self.held, count: 4) + [
                    "delete-message"
                ])
            #expect(calls[0].contains("--visibility-timeout=90") && calls[1].contains("--visibility-timeout=90"))
            #expect(calls.dropFirst().allSatisfy { $0.contains("--receipt-handle=-r/1+") })
        }
    }

    private static func until(_ isSo: () throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try !isSo() {
            try #require(ContinuousClock.now < limit)
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
