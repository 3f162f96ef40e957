import Foundation

/// A pair of raw files whose features and scores libvmaf's plain C path was asked for.
package struct GoldenPair: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let reference: String
    package let distorted: String
    package let width: Int
    package let height: Int
    /// FFmpeg's name.
    package let pixelFormat: String
    /// The run took this many frames; motion at the end and pooled values depend on it.
    package let frames: Int
    /// The program that makes the files, or the collection they are from.
    package let origin: String

    package var description: String { name }
}

/// Tables of libvmaf's values: golden_small.tsv (few frames, all features) and golden_v1.tsv.gz (all frames, the v1
/// models), which stand beside the checkout or where `MEZZ_GOLDEN` says.
package struct GoldenTable: Sendable {
    package let pairs: [GoldenPair]
    /// By pair, frame (a number or `mean`, `harm`, `min`, `max`) and feature; what libvmaf could not compute is
    /// missing.
    private var values: [String: [String: [String: Double]]] = [:]

    package static let folder =
        ProcessInfo.processInfo.environment["MEZZ_GOLDEN"] ?? TestTools.root + "/../shared/vmaf"

    package static var isHere: Bool { FileManager.default.fileExists(atPath: folder + "/golden_small.tsv") }

    package init() throws {
        var pairs: [GoldenPair] = []
        for row in try Self.rows(String(contentsOfFile: Self.folder + "/golden_small.tsv", encoding: .utf8)) {
            if row[0] == "pair" {
                pairs.append(
                    GoldenPair(
                        name: row[1], reference: row[2], distorted: row[3], width: Int(row[4]) ?? 0,
                        height: Int(row[5]) ?? 0, pixelFormat: row[6], frames: Int(row[8]) ?? 0, origin: row[9]))
            } else if row.count == 4, let value = Double(row[3]) {
                values[row[0], default: [:]][row[1], default: [:]][row[2]] = value
            }
        }
        self.pairs = pairs
        let names = Dictionary(pairs.map { ($0.reference + " " + $0.distorted, $0.name) }, uniquingKeysWith: { $1 })
        let pooled = ["harmonic_mean": "harm"]
        for row in try Self.rows(Self.unpacked(Self.folder + "/golden_v1.tsv.gz")) where row[0] == "measured" {
            guard let name = names[row[1] + " " + row[2]], let value = Double(row[13]) else { continue }
            let frame = row[11].hasPrefix("frame") ? String(row[11].dropFirst(5)) : pooled[row[11]] ?? row[11]
            values[name, default: [:]][frame, default: [:]][row[10]] = value
        }
    }

    package func pair(_ name: String) -> GoldenPair? { pairs.first { $0.name == name } }

    /// - Parameter frame: A number, or `mean`, `harm`, `min`, `max`.
    package subscript(pair: String, frame: String, feature: String) -> Double? { values[pair]?[frame]?[feature] }

    /// Frames whose features are in the table.
    package func frames(of pair: String) -> [Int] { (values[pair] ?? [:]).keys.compactMap { Int($0) }.sorted() }

    package func features(of pair: String, frame: String) -> [String: Double] { values[pair]?[frame] ?? [:] }

    private static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").lazy.filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func unpacked(_ path: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
