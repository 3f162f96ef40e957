/// One-dimensional arrays without nulls in PostgreSQL's binary format: `array_send` in its `arrayfuncs.c` writes the
/// number of dimensions, a null flag, the element type, then length and lower bound, then each element after its
/// length.
enum ArrayWire {
    /// Object identifiers of the element types; fixed in every server (`pg_type.dat`).
    enum Element: Int32 {
        case bytea = 17
        case int8 = 20
        case text = 25
    }

    static func write<Value>(_ values: [Value], element: Element, _ bytes: (Value) -> [UInt8]) -> [UInt8] {
        var wire: [UInt8] = []
        let dimensions: Int32 = values.isEmpty ? 0 : 1
        for field in [dimensions, 0, element.rawValue] { wire += Parameter.bigEndian(field) }
        guard !values.isEmpty else { return wire }
        for field in [Int32(values.count), 1] { wire += Parameter.bigEndian(field) }
        for value in values {
            let content = bytes(value)
            wire += Parameter.bigEndian(Int32(content.count))
            wire += content
        }
        return wire
    }

    /// The elements' bytes; `nil` when `wire` is no such array.
    static func read<Value>(_ wire: UnsafeRawBufferPointer, _ value: (UnsafeRawBufferPointer) -> Value?) -> [Value]? {
        var rest = Cursor(wire)
        guard let dimensions = rest.int32(), rest.int32() == 0, rest.int32() != nil else { return nil }
        guard dimensions > 0 else { return [] }
        guard dimensions == 1, let count = rest.int32(), count >= 0, rest.int32() != nil else { return nil }
        var values: [Value] = []
        for _ in 0..<count {
            guard let length = rest.int32(), let content = rest.take(Int(length)), let element = value(content) else {
                return nil
            }
            values.append(element)
        }
        return values
    }

    private struct Cursor {
        private var rest: Slice<UnsafeRawBufferPointer>

        init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

        mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
            guard count >= 0, count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
        }

        mutating func int32() -> Int32? {
            take(4).map { Int32(bigEndian: $0.loadUnaligned(as: Int32.self)) }
        }
    }
}
