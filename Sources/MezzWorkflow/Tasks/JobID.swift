/// Names a job: the tasks that together make one result.
package struct JobID: Hashable, Sendable, CustomStringConvertible {
    /// The name as the user sees it.
    package let value: String

    package init(_ value: String) {
        self.value = value
    }

    package var description: String { value }
}

extension JobID: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
