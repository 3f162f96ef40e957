import Foundation
import MezzTestKit

/// A WAVE file of any kind, made chunk by chunk.
struct BW64Fixture {
    var kind = "RIFF"
    var channels: [[Float]]
    var rate = 48_000
    var bits = 24
    /// Rows of the chna chunk: channel, UID, track or channel format, pack.
    var rows: [(Int, String, String, String)]? = []
    var xml: String? = ""
    /// Chunks before all others.
    var extra: [(String, [UInt8])] = []

    var frames: Int { channels.map(\.count).max() ?? 0 }

    var format: [UInt8] {
        let frame = channels.count * bits / 8
        let values: [(Int, Int)] = [(1, 2), (channels.count, 2), (rate, 4), (rate * frame, 4), (frame, 2), (bits, 2)]
        return values.flatMap { Self.little($0.0, $0.1) }
    }

    var assignments: [UInt8]? {
        guard let rows else { return nil }
        var bytes = Self.little(rows.count, 2)
        bytes += Self.little(rows.count, 2)
        for row in rows {
            bytes += Self.little(row.0, 2)
            for (text, length) in [(row.1, 12), (row.2, 14), (row.3, 12)] { bytes += Self.padded(text, length) }
        }
        return bytes
    }

    var samples: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frames * channels.count * bits / 8)
        let full = Double(1 << (bits - 1))
        for frame in 0..<frames {
            for channel in channels {
                let value = frame < channel.count ? Double(channel[frame]) : 0
                bytes += Self.little(Int(max(-full, min(full - 1, (value * full).rounded()))), bits / 8)
            }
        }
        return bytes
    }

    var data: Data {
        var body = Array("WAVE".utf8)
        let sound = samples
        if kind != "RIFF" {
            let sizes: [(Int, Int)] = [(0, 8), (sound.count, 8), (0, 8), (0, 4)]
            body += Self.chunk("ds64", sizes.flatMap { Self.little($0.0, $0.1) })
        }
        for (name, bytes) in extra { body += Self.chunk(name, bytes) }
        body += Self.chunk("fmt ", format)
        if let assignments { body += Self.chunk("chna", assignments) }
        if let xml { body += Self.chunk("axml", Array(xml.utf8)) }
        var part = Self.chunk("data", sound)
        if kind != "RIFF" { part.replaceSubrange(4..<8, with: Self.little(0xFFFF_FFFF, 4)) }
        body += part
        var file = Array(kind.utf8)
        file += Self.little(kind == "RIFF" ? body.count : 0xFFFF_FFFF, 4)
        return Data(file + body)
    }

    /// Writes the file and returns its path.
    func write(in folder: TestFolder, as name: String = "adm.wav") throws -> String { try folder.write(data, to: name) }

    static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        var chunk = Array(name.utf8)
        chunk += little(bytes.count, 4)
        chunk += bytes
        if bytes.count % 2 == 1 { chunk.append(0) }
        return chunk
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func padded(_ text: String, _ count: Int) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(count))
        return bytes + [UInt8](repeating: 0, count: count - bytes.count)
    }
}
