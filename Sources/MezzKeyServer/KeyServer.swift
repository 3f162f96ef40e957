import Dispatch
package import Foundation
import MezzCore
package import MezzPackaging

/// A key server that speaks SPEKE v2.0 (AWS, "SPEKE API v2").
package struct KeyServer: Sendable {
    private static let tries = 3

    private let post: KeyServerPost
    private let pause: Duration

    /// - Parameters:
    ///   - certificates: A file of trusted certificates instead of the system's.
    ///   - seconds: How long one try may take.
    ///   - pause: Before the second try; twice as long before the third.
    package init(
        _ address: KeyServerAddress, headers: KeyServerHeaders, certificates: String? = nil, seconds: Double = 30,
        pause: Duration = .seconds(1)
    ) {
        let own = [
            "Content-Type: application/xml", "Accept: application/xml", "X-Speke-Version: \(SPEKEContract.version)",
            "User-Agent: mezz/\(mezzVersion)",
            // An empty one keeps libcurl from waiting for servers that never say "100 Continue".
            "Expect:",
        ]
        post = KeyServerPost(
            address: address, headers: own + headers.lines, certificates: certificates,
            limits: KeyServerPost.Limits(connect: min(10, seconds), total: seconds))
        self.pause = pause
    }

    /// Asks for a title's keys. The same contract gets the same keys, so asking again is harmless.
    /// - Throws: `Failure`: `temporary` when the server may answer later, `unavailable` when it will not, `input` when its
    ///   answer is none. None of them quotes what it sent. `CancellationError` when the task is cancelled between tries.
    package func keys(_ contract: SPEKEContract, privateKey: PrivateKey?, now: Date = Date()) async throws -> KeyReading
    {
        var wait = pause
        for attempt in 1...Self.tries {
            switch await send(contract.request) {
            case .answer(let status, var body) where (200..<300).contains(status):
                defer { body.resetBytes(in: body.startIndex..<body.endIndex) }
                return try contract.keys(in: body, place: post.address.place, privateKey: privateKey, now: now)
            case .answer(let status, _) where Self.passing.contains(status) && attempt < Self.tries: break
            case .lost where attempt < Self.tries: break
            case .answer(let status, _): throw refusal(status)
            case .lost(let words):
                throw failure(
                    .temporary, "the key server cannot be reached: \(words)", "check the address and the network")
            case .refused(let words):
                throw failure(
                    .unavailable, "the key server cannot be used: \(words)", "check the address and its certificate")
            }
            try await Task.sleep(for: wait)
            wait *= 2
        }
        throw failure(.temporary, "the key server cannot be reached", "run again later")
    }

    private static let passing: Set<Int> = [408, 429, 500, 502, 503, 504]

    private func refusal(_ status: Int) -> Failure {
        switch status {
        case 300..<400:
            failure(
                .unavailable, "the key server sends elsewhere (status \(status)), where keys are not fetched",
                "name the address that answers itself")
        case 401, 403:
            failure(
                .unavailable, "the key server does not trust the request (status \(status))",
                "put its credentials in \(KeyServerHeaders.variable)")
        case _ where Self.passing.contains(status):
            failure(.temporary, "the key server has failed \(Self.tries) times (status \(status))", "run again later")
        default:
            failure(
                .unavailable, "the key server refuses the request (status \(status))",
                "check the address, --content-id, and what the server offers")
        }
    }

    private func failure(_ status: ExitStatus, _ what: String, _ remedy: String) -> Failure {
        Failure(status, what: what, place: post.address.place.printable, remedy: remedy)
    }

    /// libcurl waits on a thread of its own, and no longer than the limits say.
    private func send(_ body: Data) async -> KeyServerPost.Outcome {
        let post = post
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: post.send(body)) }
        }
    }
}
