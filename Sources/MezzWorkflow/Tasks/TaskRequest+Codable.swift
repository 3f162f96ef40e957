internal import FoundationEssentials

/// What has its usual value is left out: a remembered fan-out holds tens of thousands of requests.
extension TaskRequest: Codable {
    private enum Key: String, CodingKey {
        case name, kind, parameters, after, slots, memory, disk, maximumAttempts, priority
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let usual = TaskRequest(name: try values.decode(String.self, forKey: .name), kind: "")
        self.init(
            name: usual.name,
            kind: try values.decode(String.self, forKey: .kind),
            parameters: try values.decodeIfPresent(Data.self, forKey: .parameters) ?? usual.parameters,
            after: try values.decodeIfPresent([String].self, forKey: .after) ?? usual.after,
            slots: try values.decodeIfPresent(Int.self, forKey: .slots) ?? usual.slots,
            memory: try values.decodeIfPresent(Int.self, forKey: .memory) ?? usual.needs.memory,
            disk: try values.decodeIfPresent(Int.self, forKey: .disk) ?? usual.needs.disk,
            maximumAttempts: try values.decodeIfPresent(Int.self, forKey: .maximumAttempts) ?? usual.maximumAttempts,
            priority: try values.decodeIfPresent(Int.self, forKey: .priority) ?? usual.priority)
    }

    package func encode(to encoder: any Encoder) throws {
        let usual = TaskRequest(name: name, kind: kind)
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encode(kind, forKey: .kind)
        if parameters != usual.parameters { try values.encode(parameters, forKey: .parameters) }
        if after != usual.after { try values.encode(after, forKey: .after) }
        if slots != usual.slots { try values.encode(slots, forKey: .slots) }
        if needs.memory != usual.needs.memory { try values.encode(needs.memory, forKey: .memory) }
        if needs.disk != usual.needs.disk { try values.encode(needs.disk, forKey: .disk) }
        if maximumAttempts != usual.maximumAttempts { try values.encode(maximumAttempts, forKey: .maximumAttempts) }
        if priority != usual.priority { try values.encode(priority, forKey: .priority) }
    }
}
