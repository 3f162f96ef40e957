import Foundation
import MezzCore
import MezzMedia

/// Every frame of a track decodes, straight from its files, and none is lost.
struct DecodeCheck {
    let runner: ToolRunner
    let threads: Int
    let folder: String

    func findings(_ track: PackagedTrack, frames: Int?, seconds: Double) async throws -> [Finding] {
        let stream = track.reference.id
        let outcome = try await decode(track)
        guard outcome.complaint.isEmpty else {
            return [
                PackageRule.trackDecode.finding(
                    "the decoder stopped: " + outcome.complaint, stream: stream, frame: outcome.frames)
            ]
        }
        if let frames, let decoded = outcome.frames, decoded != frames {
            return [
                PackageRule.trackFrames.finding(
                    "\(decoded) frames could be decoded, not \(frames)", stream: stream, frame: min(decoded, frames))
            ]
        }
        if frames == nil, abs(outcome.seconds - seconds) > Tolerance.seconds {
            return [
                PackageRule.trackDuration.finding(
                    "\(outcome.seconds) s could be decoded, not \(seconds) s", stream: stream,
                    seconds: min(outcome.seconds, seconds))
            ]
        }
        return []
    }

    private func decode(_ track: PackagedTrack) async throws -> DecodeOutcome {
        var list: String?
        defer { if let list { try? FileManager.default.removeItem(atPath: list) } }
        var input = FFmpegCommand.input(folder + "/" + track.reference.file)
        if let initialization = track.initialization {
            let path = FileManager.default.temporaryDirectory.path + "/mezz-qc-\(UUID().uuidString)"
            let names = [initialization] + track.files.map(\.name)
            try Data((names.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
            list = path
            input = ["-protocol_whitelist", "file,concatf", "-i", "concatf:" + path]
        }
        let isVideo = track.reference.kind == .video
        let arguments =
            FFmpegCommand.preamble
            + ["-xerror", "-err_detect", "crccheck+bitstream+buffer+explode", "-threads", String(threads)] + input
            + ["-map", isVideo ? "0:v:0" : "0:a:0"] + (isVideo ? ["-fps_mode", "passthrough"] : [])
            + ["-f", "null", "-progress", "pipe:1", "-stats_period", "60", "-"]
        var progress = OutputTail(lines: 40, length: 100)
        let command = ToolCommand(
            .ffmpeg, arguments, workingDirectory: folder, limits: VerifierLimits.process,
            subject: "decode of \(track.reference.stem)".printable)
        let result = try await runner.attempt(command) { progress.append($0) }
        try VerifierLimits.checkEnding(result, command)
        var complaint = VerifierLimits.complaint(result, lines: 3)
        if complaint.isEmpty && !result.succeeded { complaint = "FFmpeg ended with an error" }
        return DecodeOutcome(progress: progress.lines, complaint: complaint)
    }
}

/// What FFmpeg's progress report says at the end.
struct DecodeOutcome {
    let frames: Int?
    let seconds: Double
    /// Empty when the decoder had none.
    let complaint: String

    init(progress: [String], complaint: String) {
        func last(_ key: String) -> Int? {
            progress.last { $0.hasPrefix(key + "=") }.flatMap { Int($0.dropFirst(key.count + 1)) }
        }
        frames = last("frame")
        seconds = Double(last("out_time_us") ?? 0) / 1_000_000
        self.complaint = complaint
    }
}
