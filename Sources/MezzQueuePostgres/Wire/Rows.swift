internal import CLibPQ
internal import MezzWorkflow

/// What a statement returned. Lives as long as any of its rows.
final class Rows {
    fileprivate let result: OpaquePointer

    /// Takes over `result`.
    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var count: Int { Int(PQntuples(result)) }

    var isEmpty: Bool { count == 0 }

    var first: Row? { isEmpty ? nil : Row(rows: self, index: 0) }

    /// Each row as a value.
    func map<Value>(_ body: (Row) throws -> Value) rethrows -> [Value] {
        try (0..<count).map { try body(Row(rows: self, index: Int32($0))) }
    }
}

/// One row; columns are read by name.
struct Row {
    fileprivate let rows: Rows
    fileprivate let index: Int32

    /// A column that cannot be null.
    func callAsFunction<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try optional(column, as: type) else {
            throw QueueError.broken("column \(column) of the queue's tables is null")
        }
        return value
    }

    /// A column that may be null.
    func optional<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let field = PQfnumber(rows.result, column)
        guard field >= 0 else { throw QueueError.broken("the database returned no column \(column)") }
        guard PQgetisnull(rows.result, index, field) == 0, let start = PQgetvalue(rows.result, index, field) else {
            return nil
        }
        let length = Int(PQgetlength(rows.result, index, field))
        guard let value = Value(wire: UnsafeRawBufferPointer(start: start, count: length)) else {
            throw QueueError.broken("column \(column) of the queue's tables is not of type \(type)")
        }
        return value
    }
}
