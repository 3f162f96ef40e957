import Foundation
package import MezzCore
package import MezzMedia

/// What a rendering of ADM gave.
package struct ADMRendering: Sendable, Codable {
    package let layout: ImmersiveLayout
    /// The renderer and its version.
    package let renderer: String
    /// Greatest sample before anything is cut off, dBFS, where it is over full scale; `nil` elsewhere.
    package let overload: Double?
    package let findings: [Finding]
}

/// Renders ADM to loudspeakers by ITU-R BS.2127, with its reference implementation, the EBU ADM Renderer, as a child.
package struct ADMRenderer: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Silent, but never idle: a film takes the renderer an hour.
    private static let limits = ProcessLimits(
        cpuSeconds: 86400, memoryBytes: ProcessLimits.work.memoryBytes, fileBytes: ProcessLimits.work.fileBytes,
        stallSeconds: 300)
    /// dB kept under full scale when rendering again.
    private static let margin = 0.1

    /// Writes `output`, a WAVE file of 32-bit floats in the order of its channel mask, RF64 where it is long.
    ///
    /// The renderer writes whole numbers and cuts off what is louder than full scale. Then it renders a second time with
    /// less gain, which the floats get back: nothing is lost.
    /// - Parameters:
    ///   - path: An ADM BWF that `ADMFile` has read.
    ///   - programme: The audioProgramme's id; `nil` takes the first one.
    ///   - output: A path.
    ///   - folder: Where the renderer's own file lies meanwhile; it is as large as the output.
    /// - Throws: `Failure`: `unavailable` without the renderer, `input` when it refuses the file.
    package func render(
        _ path: String, to layout: ImmersiveLayout, programme: String? = nil, into output: String, in folder: String
    ) async throws -> ADMRendering {
        guard let tool = runner.tools[.ear] else {
            throw Failure(
                .unavailable, what: "ADM is rendered by the EBU ADM Renderer, which is not there",
                place: path.printable,
                remedy: "run make adm, which installs it")
        }
        let raw = folder + "/rendered-" + UUID().uuidString.prefix(8) + ".wav"
        defer { try? FileManager.default.removeItem(atPath: raw) }
        var words = try await run(path, layout, programme, gain: 0, raw)
        let overload = words.compactMap(\.overload).max()
        let gain = overload.map { -(max(0, $0) + Self.margin) } ?? 0
        if overload != nil { words += try await run(path, layout, programme, gain: gain, raw) }
        try await order(raw, layout, gain: -gain, into: output, path)
        return ADMRendering(
            layout: layout, renderer: "ear \(tool.version)", overload: overload,
            findings: Self.findings(words, overload))
    }

    private func run(
        _ path: String, _ layout: ImmersiveLayout, _ programme: String?, gain: Double, _ raw: String
    ) async throws -> [RendererLine] {
        let arguments =
            ["-s", layout.system] + (programme.map { ["--programme", $0] } ?? [])
            // A sign after a space would be another option's.
            + ["--output-gain-db=" + String(format: "%.2f", gain), "--", path, raw]
        let command = ToolCommand(.ear, arguments, limits: Self.limits, subject: path.printable)
        let result = try await runner.attempt(command)
        let words = result.errorTail.map(RendererLine.init)
        guard result.succeeded else {
            guard result.ending == .exited(1) else { throw Self.died(result, path) }
            throw Failure(
                .input, what: "the EBU ADM Renderer refuses it", place: path.printable,
                remedy: "correct what mezz adm finds, or see the renderer's own words below",
                detail: words.suffix(4).map(\.text).joined(separator: "\n"))
        }
        return words
    }

    private static func died(_ result: ChildResult, _ path: String) -> Failure {
        Failure(
            .failed, what: "the EBU ADM Renderer did not end well", place: path.printable,
            remedy: "run scripts/setup-adm; see free disk space and the words below",
            detail: result.errorTail.suffix(8).joined(separator: "\n"))
    }

    /// Puts channels into the order of WAVE files and names them.
    private func order(
        _ raw: String, _ layout: ImmersiveLayout, gain: Double, into output: String, _ subject: String
    ) async throws {
        let channels = layout.systemOrder.enumerated().map { "\($1.rawValue)=c\($0)" }.joined(separator: "|")
        // The samples are whole numbers until here: raised as such, they would be cut off.
        let filters =
            ["aformat=sample_fmts=flt", "pan=\(layout.ffmpegName)|\(channels)"]
            + (gain == 0 ? [] : [String(format: "volume=%.2fdB:precision=float", gain)])
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(raw, options: ["-f", "wav", "-guess_layout_max", "0"])
            + ["-map", "0:a:0", "-af", filters.joined(separator: ","), "-c:a", "pcm_f32le", "-rf64", "auto"]
            + FFmpegCommand.reproducible + ["-f", "wav", "file:" + output]
        try await runner.run(ToolCommand(.ffmpeg, arguments, subject: subject.printable))
    }

    private static func findings(_ words: [RendererLine], _ overload: Double?) -> [Finding] {
        var findings = ADMFindings()
        if let overload {
            findings.add(.overload, String(format: "the mix peaks %.1f dB over full scale", overload))
        }
        var said: Set<String> = []
        for word in words where word.isWarning && word.overload == nil && said.insert(word.text).inserted {
            findings.add(.renderer, word.text)
        }
        return findings.all
    }
}
