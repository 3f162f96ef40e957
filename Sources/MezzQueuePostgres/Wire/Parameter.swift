internal import FoundationEssentials

/// A value handed to a statement, in PostgreSQL's binary format (its `send`/`recv` functions, big-endian).
enum Parameter: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case text(String)
    case bytes(Data)
    case ints([Int])
    case texts([String])
    case byteStrings([Data])

    /// `text`, or nothing.
    static func optional(_ text: String?) -> Parameter { text.map(Parameter.text) ?? .none }

    /// `number`, or nothing.
    static func optional(_ number: Double?) -> Parameter { number.map(Parameter.double) ?? .none }
}

extension Parameter {
    /// The value's bytes; `nil` for a null.
    var wire: [UInt8]? {
        switch self {
        case .none: nil
        case .bool(let value): [value ? 1 : 0]
        case .int(let value): Self.bigEndian(Int64(value))
        case .double(let value): Self.bigEndian(value.bitPattern)
        case .text(let value): Array(value.utf8)
        case .bytes(let value): Array(value)
        case .ints(let values): ArrayWire.write(values, element: .int8) { Self.bigEndian(Int64($0)) }
        case .texts(let values): ArrayWire.write(values, element: .text) { Array($0.utf8) }
        case .byteStrings(let values): ArrayWire.write(values, element: .bytea) { Array($0) }
        }
    }

    /// Whether it holds a NUL character where PostgreSQL's `text` cannot.
    var holdsNUL: Bool {
        switch self {
        case .text(let value): value.utf8.contains(0)
        case .texts(let values): values.contains { $0.utf8.contains(0) }
        default: false
        }
    }

    static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
