package import FoundationEssentials

/// JSON with one spelling per value (sorted keys), so that equal values have equal bytes and equal hashes.
package enum CanonicalJSON {
    /// The canonical bytes of `value`.
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// The value written in `data`.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }
}
