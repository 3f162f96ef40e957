import MezzCore
package import MezzMedia

/// Measures loudness with FFmpeg's `ebur128` filter (BS.1770, EBU R 128, 4× oversampled true peak).
package struct LoudnessMeter: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameters:
    ///   - filters: Filters that the sound passes before the meter.
    /// - Throws: `Failure` when the track cannot be decoded.
    package func measure(_ path: String, stream: Int, filters: [String]) async throws -> Loudness {
        let chain = (filters + ["ebur128=peak=true:framelog=quiet"]).joined(separator: ",")
        let arguments =
            ["-hide_banner", "-nostdin", "-v", "info", "-nostats"] + FFmpegCommand.input(path)
            + ["-map", "0:\(stream)", "-af", chain, "-f", "null", "-"]
        let command = ToolCommand(.ffmpeg, arguments, subject: "\(path.printable) stream \(stream)")
        let result = try await runner.run(command)
        guard let loudness = Self.summary(in: result.errorTail) else {
            throw Failure(
                .failed, what: "FFmpeg's loudness summary is missing", place: path.printable,
                remedy: "the sound track may hold no samples; check it, or remove it from the file")
        }
        return loudness
    }

    /// Reads the summary that the filter prints at its end: "I: −23.0 LUFS", "LRA: 4.2 LU", "Peak: −3.1 dBFS".
    static func summary(in lines: [String]) -> Loudness? {
        guard let start = lines.lastIndex(where: { $0.hasSuffix("Summary:") }) else { return nil }
        var values: [String: Double] = [:]
        for line in lines[start...] {
            let words = line.split(separator: " ")
            guard words.count >= 3, words[0].hasSuffix(":") else { continue }
            values[String(words[0].dropLast())] = Double(words[1])
        }
        guard let integrated = values["I"] else { return nil }
        return Loudness(
            integrated: integrated > -69.9 ? integrated : nil, range: values["LRA"] ?? 0,
            truePeak: values["Peak"].flatMap { $0.isFinite ? $0 : nil })
    }
}
