package import Foundation

/// What is known of every source frame, in display order: the ruler that everything later is counted and checked
/// against.
package struct FrameIndex: Sendable {
    /// One frame.
    package struct Entry: Sendable {
        /// Hash of the thumbnail's bytes: equal for two decodes of the same frame.
        package let hash: UInt64
        package let fingerprint: Fingerprint
        /// Mean of the luma, code values 0…255.
        package let lumaMean: Float
        /// Standard deviation of the luma, code values.
        package let lumaDeviation: Float
        /// Mean absolute difference from the frame before, luma plus half of each chroma; 0 for the first.
        package let change: Float

        package init(
            hash: UInt64, fingerprint: Fingerprint, lumaMean: Float, lumaDeviation: Float, change: Float
        ) {
            self.hash = hash
            self.fingerprint = fingerprint
            self.lumaMean = lumaMean
            self.lumaDeviation = lumaDeviation
            self.change = change
        }
    }

    package var entries: [Entry]

    package init(entries: [Entry] = []) {
        self.entries = entries
    }

    package var count: Int { entries.count }

    private static let magic = Data("mezzidx1".utf8)
    private static let entryBytes = 8 + Fingerprint.coefficients * 2 + 3 * 4

    /// The index as bytes: a magic word, the count, then fixed-size little-endian records.
    package func encoded() -> Data {
        var data = Self.magic
        data.reserveCapacity(16 + count * Self.entryBytes)
        data.append(littleEndian: UInt64(count))
        for entry in entries {
            data.append(littleEndian: entry.hash)
            for value in entry.fingerprint.values { data.append(littleEndian: value) }
            for value in [entry.lumaMean, entry.lumaDeviation, entry.change] {
                data.append(littleEndian: value.bitPattern)
            }
        }
        return data
    }

    /// Reads what `encoded()` wrote; `nil` when the bytes are anything else.
    package init?(encoded data: Data) {
        guard data.prefix(8) == Self.magic, data.count >= 16 else { return nil }
        let bytes = [UInt8](data.dropFirst(8))
        guard let count = Int(exactly: bytes.load(UInt64.self, at: 0)), count < 1 << 32,
            bytes.count == 8 + count * Self.entryBytes
        else { return nil }
        entries = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            let at = 8 + index * Self.entryBytes
            let values = (0..<Fingerprint.coefficients).map { bytes.load(Int16.self, at: at + 8 + $0 * 2) }
            guard let fingerprint = Fingerprint(values: values) else { return nil }
            let floats = (0..<3).map {
                Float(bitPattern: bytes.load(UInt32.self, at: at + Self.entryBytes - 12 + $0 * 4))
            }
            entries.append(
                Entry(
                    hash: bytes.load(UInt64.self, at: at), fingerprint: fingerprint, lumaMean: floats[0],
                    lumaDeviation: floats[1], change: floats[2]))
        }
    }
}

extension Data {
    fileprivate mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension [UInt8] {
    fileprivate func load<Value: FixedWidthInteger>(_: Value.Type, at offset: Int) -> Value {
        withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
    }
}
