import Foundation
import Glibc
import Synchronization

/// A proxy before an HTTP server that does to requests and answers what networks and overloaded servers do, by a
/// seed. It passes one request on at a time per connection, and holds each whole in memory.
package final class FaultyHTTP: Sendable {
    /// What can happen to a request.
    package enum Fault: Sendable, Hashable, CaseIterable {
        /// It is answered with status 500, 503 or `SlowDown` and goes no further.
        case internalError, unavailable, slowDown
        /// The connection is reset before it goes on, or when its answer comes back.
        case resetBefore, resetAfter
        /// The answer's body breaks off.
        case truncated
        /// A byte of an object is changed on its way there, or back.
        case damagedUpload, damagedDownload
        /// It takes up to 0.3 s longer.
        case delay
        /// No answer comes for 30 s.
        case silence
    }

    /// All that pass by themselves within a second.
    package static let passing = Set(Fault.allCases).subtracting([.silence])

    private struct State {
        var random: UInt64
        var faults: Set<Fault>
        var probability: Double
        var counts: [Fault: Int] = [:]
        var lines: [String] = []
        var isClosed = false
    }

    /// `http://127.0.0.1:PORT`.
    package let endpoint: String
    /// Its port on 127.0.0.1.
    package let port: Int
    private let upstream: Int
    private let checksClocks: Bool
    private let listener: Int32
    private let state: Mutex<State>

    /// - Parameters:
    ///   - upstream: the server's port on 127.0.0.1.
    ///   - probability: of a fault, for each request.
    ///   - checksClocks: whether a signature's time must be within 5 minutes of this machine's.
    package init(
        before upstream: Int, faults: Set<Fault> = [], probability: Double = 0, seed: UInt64 = 1,
        checksClocks: Bool = false
    ) throws {
        let (socket, port) = try Loopback.listen()
        self.port = port
        endpoint = "http://127.0.0.1:\(port)"
        listener = socket
        state = Mutex(State(random: seed, faults: faults, probability: probability))
        (self.upstream, self.checksClocks) = (upstream, checksClocks)
        Thread.detachNewThread { [weak self] in
            // A broken connection is an error of the call, not the process's end.
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0, let proxy = self else { break }
                Thread.detachNewThread { proxy.serve(FaultySocket(client)) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// How often each fault was done.
    package var counts: [Fault: Int] { state.withLock { $0.counts } }

    /// From now on does these, with a probability for each request.
    package func change(_ faults: Set<Fault>, probability: Double) {
        state.withLock { ($0.faults, $0.probability) = (faults, probability) }
    }

    /// The requests that came, such as `PUT /bucket/key?partNumber=1`.
    package var lines: [String] { state.withLock { $0.lines } }

    private func serve(_ client: FaultySocket) {
        while let request = client.readMessage() {
            state.withLock { $0.lines.append(request.firstLine.split(separator: " ").prefix(2).joined(separator: " ")) }
            let fault = draw()
            if checksClocks, let refusal = FaultyAnswers.clockRefusal(request) {
                guard client.write(refusal) else { return }
                continue
            }
            guard let answer = self.answer(to: request, fault), client.write(answer) else {
                client.reset()
                return
            }
            if fault == .truncated { return }
        }
    }

    /// The bytes to send back; `nil` for a reset.
    private func answer(to request: FaultyMessage, _ fault: Fault?) -> Data? {
        switch fault {
        case .internalError: return FaultyAnswers.error(500, "InternalError", to: request)
        case .unavailable: return FaultyAnswers.error(503, "ServiceUnavailable", to: request)
        case .slowDown: return FaultyAnswers.error(503, "SlowDown", to: request)
        case .resetBefore: return nil
        case .silence:
            sleep(30)
            return nil
        default: break
        }
        var request = request
        if fault == .damagedUpload, request.firstLine.hasPrefix("PUT") { request.damageBody(at: number()) }
        guard let socket = Loopback.connect(upstream) else { return nil }
        let server = FaultySocket(socket)
        guard server.write(request.forwarded()), var answer = server.readToEnd() else { return nil }
        switch fault {
        case .resetAfter: return nil
        case .delay: usleep(UInt32(number() % 300_000))
        case .truncated: answer.cutBody()
        // Documents are left alone: nothing would notice but luck.
        case .damagedDownload where answer.isObject && request.firstLine.hasPrefix("GET"):
            answer.damageBody(at: number())
        default: break
        }
        return answer.whole
    }

    private func draw() -> Fault? {
        let roll = Double(number() >> 11) / Double(1 << 53)
        let choice = number()
        return state.withLock { state in
            let faults = Fault.allCases.filter(state.faults.contains)
            guard roll < state.probability, !faults.isEmpty else { return nil }
            let fault = faults[Int(choice % UInt64(faults.count))]
            state.counts[fault, default: 0] += 1
            return fault
        }
    }

    /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    private func number() -> UInt64 {
        state.withLock { state in
            state.random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state.random
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
