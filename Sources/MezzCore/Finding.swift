/// One observation of an inspection or check, with its place and what to do about it.
package struct Finding: Hashable, Codable, Sendable {
    package enum Severity: String, Codable, Sendable, Comparable {
        case info
        case warning
        case error

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
        private var rank: Int { self == .info ? 0 : self == .warning ? 1 : 2 }
    }

    /// Where a finding lies; `nil` where it concerns the whole.
    package struct Place: Hashable, Codable, Sendable {
        package var stream: String?
        package var frame: Int?
        package var seconds: Double?

        package init(stream: String? = nil, frame: Int? = nil, seconds: Double? = nil) {
            self.stream = stream
            self.frame = frame
            self.seconds = seconds
        }

        private enum CodingKeys: String, CodingKey { case stream, frame, seconds }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(stream, forKey: .stream)
            try container.encode(frame, forKey: .frame)
            try container.encode(seconds, forKey: .seconds)
        }
    }

    /// Stable, lower-case, dotted; documented in docs/findings.md.
    package let code: String
    package let severity: Severity
    package let message: String
    package let place: Place
    package let remedy: String

    private enum CodingKeys: String, CodingKey {
        case code
        case severity
        case message
        case place = "where"
        case remedy
    }

    package init(_ code: String, _ severity: Severity, _ message: String, place: Place = Place(), remedy: String) {
        self.code = code
        self.severity = severity
        self.message = message
        self.place = place
        self.remedy = remedy
    }
}
