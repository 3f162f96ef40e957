internal import FoundationEssentials

/// A type that can be read from a column in PostgreSQL's binary format.
protocol ColumnValue {
    /// `nil` when the bytes are not of this type.
    init?(wire: UnsafeRawBufferPointer)
}

extension Int: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) {
        switch wire.count {
        case 8: self = Int(Int64(bigEndian: wire.loadUnaligned(as: Int64.self)))
        case 4: self = Int(Int32(bigEndian: wire.loadUnaligned(as: Int32.self)))
        default: return nil
        }
    }
}

extension Double: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) {
        guard wire.count == 8 else { return nil }
        self.init(bitPattern: UInt64(bigEndian: wire.loadUnaligned(as: UInt64.self)))
    }
}

extension Bool: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) {
        guard wire.count == 1 else { return nil }
        self = wire[0] != 0
    }
}

extension String: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) { self.init(validating: wire, as: UTF8.self) }
}

extension Data: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) { self.init(wire) }
}

extension Array: ColumnValue where Element: ColumnValue {
    init?(wire: UnsafeRawBufferPointer) {
        guard let values = ArrayWire.read(wire, Element.init(wire:)) else { return nil }
        self = values
    }
}
