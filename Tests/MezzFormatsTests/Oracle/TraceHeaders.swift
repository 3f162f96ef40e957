import Foundation
import MezzTestKit

/// A NAL unit as FFmpeg's `trace_headers` filter reads it: every syntax element by the standard's name.
struct TracedUnit {
    private(set) var values: [String: [Int]] = [:]

    /// The values of a syntax element, in order; an index in brackets is left out of the name.
    subscript(_ name: String) -> [Int] { values[name] ?? [] }

    var type: Int { self["nal_unit_type"].first ?? -1 }

    /// The units of every packet of a file's first video stream, in order.
    static func all(_ path: String, _ maker: MediaMaker) async throws -> [TracedUnit] {
        let end = try await maker.ffmpeg([
            "-v", "repeat+info", "-i", "file:" + path, "-map", "0:v:0", "-c", "copy", "-bsf:v", "trace_headers", "-f",
            "null", "-",
        ])
        guard end.status == 0 else { throw OracleFailed(description: "no trace of \(path): \(end.errorText)") }
        var units: [TracedUnit] = []
        var isInPackets = false
        for line in end.errorText.split(separator: "\n") where line.hasPrefix("[trace_headers") {
            let text = line.drop { $0 != "]" }.dropFirst().drop { $0 == " " }
            if text.hasPrefix("Packet:") { isInPackets = true }
            guard isInPackets, text.first?.isNumber == true, let element = Self.element(text) else { continue }
            // Extradata are printed before; in packets each unit starts with this element.
            if element.name == "forbidden_zero_bit" { units.append(TracedUnit()) }
            guard !units.isEmpty else { continue }
            units[units.count - 1].values[element.name, default: []].append(element.value)
        }
        return units
    }

    /// Reads "position name[index] bits = value".
    private static func element(_ text: Substring) -> (name: String, value: Int)? {
        let words = text.split(separator: " ")
        guard words.count >= 5, words[words.count - 2] == "=", let value = Int(words[words.count - 1]) else {
            return nil
        }
        return (String(words[1].prefix { $0 != "[" }), value)
    }
}

/// What is compared with a traced unit: syntax elements by name.
struct OracleValues {
    private(set) var values: [String: [Int]] = [:]

    subscript(_ name: String) -> Int {
        get { values[name]?.first ?? 0 }
        set { values[name] = [newValue] }
    }

    mutating func list(_ name: String, _ list: [Int]) { values[name] = list }
    mutating func flag(_ name: String, _ flag: Bool) { values[name] = [flag ? 1 : 0] }

    /// The names whose values differ from the traced ones, which may be absent where the default holds.
    /// - Returns: Differences, and how many values were compared.
    func compared(with unit: TracedUnit) -> (differences: [String], count: Int) {
        var differences: [String] = []
        var count = 0
        for (name, ours) in values.sorted(by: { $0.key < $1.key }) {
            let theirs = unit[name]
            guard !theirs.isEmpty else { continue }
            count += 1
            if ours != theirs { differences.append("\(name): \(ours), traced \(theirs)") }
        }
        return (differences, count)
    }
}

/// The oracle could not do what a test needs.
struct OracleFailed: Error, CustomStringConvertible {
    let description: String
}
