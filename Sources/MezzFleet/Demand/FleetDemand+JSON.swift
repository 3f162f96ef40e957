import MezzWorkflow

/// `{"slots","workers","classes":{"urgent":{"ready","running","held","slots","oldest_seconds"},…}}`
extension FleetDemand: Encodable {
    private enum CodingKeys: String, CodingKey {
        case slots
        case workers
        case classes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(slots, forKey: .slots)
        try container.encode(workers, forKey: .workers)
        let named = Dictionary(uniqueKeysWithValues: classes.map { ($0.key.rawValue, $0.value) })
        try container.encode(named, forKey: .classes)
    }
}

extension FleetDemand.ClassDemand: Encodable {
    private enum CodingKeys: String, CodingKey {
        case ready
        case running
        case held
        case slots
        case oldestSeconds = "oldest_seconds"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ready, forKey: .ready)
        try container.encode(running, forKey: .running)
        try container.encode(held, forKey: .held)
        try container.encode(slots, forKey: .slots)
        try container.encode(oldestSeconds, forKey: .oldestSeconds)
    }
}
