import Foundation
import MezzCore
import MezzMedia

/// Reads what an external encoder wrote: one sound track and nothing else, and how long it is by its packets.
struct ExternalProbe {
    let runner: ToolRunner

    private static let limits = ProcessLimits(cpuSeconds: 1200, memoryBytes: 8 << 30, stallSeconds: 120)
    /// A day of the shortest frames of AC-4 (8 ms) is 11 million lines.
    private static let mostOutput = 512 << 20

    /// - Throws: `Failure`: `failed`, with words that go on after "the audio encoder".
    func read(_ path: String, program: String) async throws -> ExternalAudio {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw Self.refusal("did not write its output", path)
        }
        let stream = try await soundStream(path)
        let (seconds, frame) = try await lengths(path)
        return ExternalAudio(
            program: program, codec: stream.codecName ?? "unknown", profile: stream.profile,
            tag: stream.tag.flatMap { $0.hasPrefix("[") ? nil : $0 },
            channels: stream.channels.flatMap { $0 > 0 ? $0 : nil },
            sampleRate: stream.sampleRate.flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }, seconds: seconds,
            frameSeconds: frame)
    }

    private func soundStream(_ path: String) async throws -> Probe.Stream {
        let arguments =
            ["-v", "error", "-of", "json", "-show_entries"]
            + ["stream=codec_type,codec_name,profile,codec_tag_string,channels,sample_rate"]
            + FFmpegCommand.input(path)
        let result: Probe
        do {
            let data = try await runner.collect(
                ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable), limit: 16 << 20)
            result = try JSONDecoder().decode(Probe.self, from: data)
        } catch let failure as Failure where failure.status != .unavailable {
            throw Self.refusal("wrote what ffprobe cannot read", path, detail: failure.detail)
        }
        guard let stream = result.streams?.first, result.streams?.count == 1, stream.codecType == "audio" else {
            let kinds = (result.streams ?? []).map { $0.codecType ?? "unknown" }.joined(separator: ", ")
            throw Self.refusal("wrote \(kinds.isEmpty ? "no stream" : kinds) instead of one sound track", path)
        }
        return stream
    }

    /// Seconds from the first packet's begin to the last one's end, and of the longest packet.
    private func lengths(_ path: String) async throws -> (whole: Double, frame: Double) {
        let arguments =
            ["-v", "error", "-of", "csv=p=0", "-show_entries", "packet=pts_time,duration_time"]
            + FFmpegCommand.input(path)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)
        let table = try await runner.collect(command, limit: Self.mostOutput)
        var (whole, frame) = (0.0, 0.0)
        for line in table.split(separator: UInt8(ascii: "\n")) {
            let cells = String(decoding: line, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false)
            // Bare streams have no times, but every packet has its length.
            guard cells.count >= 2, let length = Double(cells[1]), length.isFinite, length > 0 else { continue }
            whole += length
            frame = max(frame, length)
        }
        guard frame > 0 else { throw Self.refusal("wrote a track without sound in it", path) }
        return (whole, frame)
    }

    private static func refusal(_ what: String, _ path: String, detail: String = "") -> Failure {
        Failure(
            .failed, what: what, place: path.printable, remedy: "see docs/audio-encoders.md for what it has to do",
            detail: detail)
    }

    private struct Probe: Decodable {
        struct Stream: Decodable {
            let codecType: String?
            let codecName: String?
            let profile: String?
            let tag: String?
            let channels: Int?
            let sampleRate: String?

            private enum CodingKeys: String, CodingKey {
                case profile, channels
                case codecType = "codec_type"
                case codecName = "codec_name"
                case tag = "codec_tag_string"
                case sampleRate = "sample_rate"
            }
        }

        let streams: [Stream]?
    }
}
