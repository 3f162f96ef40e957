/// What a pack or channel carries: typeDefinition of BS.2076-2 section 5.1.
package enum ADMType: String, Sendable, Codable, CaseIterable {
    case directSpeakers = "DirectSpeakers"
    case matrix = "Matrix"
    case objects = "Objects"
    case scene = "HOA"
    case binaural = "Binaural"

    /// typeLabel, four hexadecimal digits that also begin the number in an id.
    package var label: String {
        switch self {
        case .directSpeakers: "0001"
        case .matrix: "0002"
        case .objects: "0003"
        case .scene: "0004"
        case .binaural: "0005"
        }
    }

    init?(label: String) {
        guard let type = Self.allCases.first(where: { $0.label == label }) else { return nil }
        self = type
    }

    /// The type that an id of a pack, channel, stream or track format tells: "AP_0003…" is an object's.
    init?(id: String) {
        let digits = id.drop { $0 != "_" }.dropFirst().prefix(4)
        self.init(label: String(digits))
    }
}

/// What a pack or channel says of its type.
package struct ADMTypeClaim: Hashable, Sendable {
    /// typeDefinition as written; `nil` when there is none.
    package let definition: String?
    /// typeLabel as written; `nil` when there is none.
    package let label: String?

    /// `nil` when neither is known.
    package var type: ADMType? { definition.flatMap(ADMType.init(rawValue:)) ?? label.flatMap { ADMType(label: $0) } }

    /// Whether both are there and known and say the same, or one is there and known.
    package var isSound: Bool {
        let known = [definition.map(ADMType.init(rawValue:)), label.map { ADMType(label: $0) }].compactMap(\.self)
        return !known.isEmpty && known.allSatisfy { $0 != nil && $0 == known[0] }
    }
}
