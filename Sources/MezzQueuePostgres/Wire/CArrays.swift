/// Null-terminated lists of C strings, as libpq takes connection parameters.
enum CStrings {
    static func with<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        let bytes: [CChar] = strings.flatMap { string -> [CChar] in string.utf8.map(CChar.init(bitPattern:)) + [0] }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in strings {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += string.utf8.count + 1
            }
            return body(pointers + [nil])
        }
    }
}

/// Binary values laid out behind each other, as libpq takes parameters.
enum WireValues {
    static func with<Value>(
        _ values: [[UInt8]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        // One byte at the end gives an empty value an address: a null pointer would mean a null.
        let bytes: [UInt8] = Array(values.compactMap(\.self).joined()) + [0]
        return bytes.withUnsafeBytes { buffer in
            let base = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            var pointers: [UnsafePointer<CChar>?] = []
            var lengths: [Int32] = []
            var offset = 0
            for value in values {
                pointers.append(value == nil ? nil : base.map { $0 + offset })
                lengths.append(Int32(value?.count ?? 0))
                offset += value?.count ?? 0
            }
            return body(pointers, lengths)
        }
    }
}
