import Foundation
import MezzFormats
import MezzTestKit
import Testing

/// A short stream that FFmpeg makes for a test.
struct OracleStream: CustomTestStringConvertible, Sendable {
    let name: String
    let encoder: String
    var size = "160x96"
    var format = "yuv420p"
    var frames = 12
    var parameters = ""
    var options: [String] = []

    var testDescription: String { name }

    /// Makes the stream in `container` and returns its path.
    func make(_ maker: MediaMaker, container: String) async throws -> String {
        let key = encoder == "libx264" ? "-x264-params" : "-x265-params"
        let quiet = encoder == "libx265" ? "log-level=error:pools=1" : "threads=1"
        return try await maker.make(
            name.split(separator: " ").joined() + "." + container,
            [
                "-f", "lavfi", "-i", "testsrc2=s=\(size):r=25,noise=alls=12", "-frames:v", String(frames), "-pix_fmt",
                format, "-c:v", encoder, "-preset", "fast",
            ] + options + [key, parameters.isEmpty ? quiet : quiet + ":" + parameters])
    }

    /// The NAL units of a byte stream.
    static func units(_ bytes: [UInt8]) throws -> [Range<Int>] {
        var units = try NALUnits(bytes, .startCodes)
        var ranges: [Range<Int>] = []
        while let unit = try units.nextUnit() { ranges.append(unit) }
        return ranges
    }
}

extension TracedUnit {
    /// Compares buckets with the traced numbers of NAL HRD parameters, which are scaled (E.2.2 and E.3.3).
    func expectSchedules(_ schedules: [DeliverySchedule]) {
        let rates = self["bit_rate_value_minus1"].map { ($0 + 1) << (6 + (self["bit_rate_scale"].first ?? 0)) }
        let sizes = self["cpb_size_value_minus1"].map { ($0 + 1) << (4 + (self["cpb_size_scale"].first ?? 0)) }
        #expect(schedules.map(\.bitsPerSecond) == rates)
        #expect(schedules.map(\.bufferBits) == sizes)
    }
}

/// Samples of an MP4 file as ffprobe lists them, with the parameter sets of its configuration box.
struct OracleSamples {
    let bytes: [UInt8]
    let parameterSets: [[UInt8]]
    let lengthSize: Int
    /// In decoding order.
    let samples: [(range: Range<Int>, presentation: Int)]

    init(_ path: String, _ maker: MediaMaker) async throws {
        bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let listing = try await maker.ffprobe(
            ["-select_streams", "v:0", "-show_entries", "packet=pts,size,pos", "-of", "csv=p=0"], path)
        samples = listing.text.split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: ",").compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            return (numbers[2]..<numbers[2] + numbers[1], numbers[0])
        }
        if let start = Self.find("avcC", bytes) {
            lengthSize = Int(bytes[start + 4] & 3) + 1
            var place = start + 6
            var sets = Self.list(bytes, &place, Int(bytes[start + 5] & 31))
            place += 1
            sets += Self.list(bytes, &place, Int(bytes[place - 1]))
            parameterSets = sets
        } else if let start = Self.find("hvcC", bytes) {
            lengthSize = Int(bytes[start + 21] & 3) + 1
            var place = start + 23
            var sets: [[UInt8]] = []
            for _ in 0..<bytes[start + 22] {
                place += 3
                sets += Self.list(bytes, &place, Int(bytes[place - 2]) << 8 | Int(bytes[place - 1]))
            }
            parameterSets = sets
        } else {
            throw OracleFailed(description: "no configuration box in \(path)")
        }
    }

    private static func find(_ box: String, _ bytes: [UInt8]) -> Int? {
        Data(bytes).range(of: Data(box.utf8))?.upperBound
    }

    /// `count` units, each after its length of 2 bytes.
    private static func list(_ bytes: [UInt8], _ place: inout Int, _ count: Int) -> [[UInt8]] {
        var units: [[UInt8]] = []
        for _ in 0..<count {
            let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            units.append(Array(bytes[place + 2..<place + 2 + length]))
            place += 2 + length
        }
        return units
    }
}
