/// What FFmpeg's `trace_headers` reads in an AV1 stream.
struct AV1Trace {
    /// One OBU: its type and the elements of its payload.
    struct Unit {
        var type = 0
        private(set) var values: [String: Int] = [:]
        /// Bit after the last element of the headers, counted from the OBU's beginning, and where the payload begins.
        private(set) var end = 0
        private(set) var start = 0

        subscript(name: String) -> Int? { values[name] }

        mutating func add(_ name: String, _ value: Int, at position: Int, bits: Int) {
            switch name {
            case "obu_type": type = value
            // What follows the header.
            case "trailing_one_bit", "trailing_zero_bit", "zero_bit", "tile_start_and_end_present_flag", "tg_start",
                "tg_end":
                return
            case "obu_size", "obu_has_size_field", "spatial_id", "extension_header_reserved_3bits":
                start = position + bits
            default: break
            }
            values[name] = value
            end = position + bits
        }

        /// How many elements of a list there are.
        func count(_ list: String) -> Int { values.keys.count { $0.hasPrefix(list + "[") } }

        /// Length of the frame header.
        var headerBits: Int { end - start }
    }

    /// By packet.
    private(set) var packets: [[Unit]] = []

    init(_ log: String) {
        for line in log.split(separator: "\n") {
            guard line.hasPrefix("[trace_headers"), let bracket = line.firstIndex(of: "]") else { continue }
            let words = line[line.index(after: bracket)...].split(separator: " ")
            if words.first == "Packet:" { packets.append([]) }
            guard !packets.isEmpty else { continue }
            if words.first == "OBU" { packets[packets.count - 1].append(Unit()) }
            // Place, name, bits (which may be none), "=", value.
            guard words.count >= 4, words[words.count - 2] == "=", let position = Int(words[0]),
                let value = words.last.flatMap({ Int($0) }), let last = packets[packets.count - 1].indices.last
            else { continue }
            let bits = words.count == 5 ? words[2].count : 0
            packets[packets.count - 1][last].add(String(words[1]), value, at: position, bits: bits)
        }
    }
}
