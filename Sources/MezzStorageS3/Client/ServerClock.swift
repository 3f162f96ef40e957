internal import CCurl
internal import FoundationEssentials
internal import Synchronization

/// This machine's clock, put right by what the server says: signatures are refused a quarter of an hour off.
final class ServerClock: Sendable {
    /// Less is no reason for a refusal.
    private static let tolerance: TimeInterval = 60

    private let local: @Sendable () -> Date
    private let offset = Mutex<TimeInterval>(0)

    init(_ local: @escaping @Sendable () -> Date) {
        self.local = local
    }

    /// The server's time, as far as is known.
    var now: Date { local().addingTimeInterval(offset.withLock { $0 }) }

    /// Sets the clock by an answer's `Date`; `false` when it was right already, or the answer has no date.
    func learn(from response: HTTPResponse) -> Bool {
        guard let text = response.headers["date"] else { return false }
        // RFC 9110's three forms.
        let seconds = curl_getdate(text, nil)
        guard seconds > 0 else { return false }
        let found = Date(timeIntervalSince1970: TimeInterval(seconds)).timeIntervalSince(local())
        return offset.withLock { offset in
            guard abs(found - offset) > Self.tolerance else { return false }
            offset = found
            return true
        }
    }
}
