import Foundation
import MezzCore
package import MezzMedia

/// Builds a stream of a plan.
package struct CertificationEncoder: Sendable {
    /// A stream that was built.
    package struct Built: Sendable {
        /// As it was asked for, or smaller where the encoder could not.
        package let stream: CertificationStream
        package let encoder: String
        package let quantizer: Int
        package let verdict: StreamVerdict
        /// Why larger pictures were given up; `nil` where the stream is as it was asked for.
        package var refusal: String?

        package init(stream: CertificationStream, encoder: String, quantizer: Int, verdict: StreamVerdict) {
            self.stream = stream
            self.encoder = encoder
            self.quantizer = quantizer
            self.verdict = verdict
        }
    }

    /// Looks at a file.
    package typealias Verify = @Sendable (_ path: String) throws -> StreamVerdict

    /// How near to the level's bits a stream comes that is built for them.
    private static let goal = 0.9
    /// Shares of a picture's sides, in 32nds, that are tried when an encoder fails on it.
    private static let retreats = [31, 28, 24, 16]

    private let runner: ToolRunner
    private let verify: Verify

    package init(runner: ToolRunner, verify: @escaping Verify) {
        self.runner = runner
        self.verify = verify
    }

    /// Builds `stream` into `folder`.
    /// - Throws: `Failure` when no encoder makes it, not even at half its sides.
    package func build(
        _ stream: CertificationStream, level: CertificationLevel, in folder: String
    ) async throws -> Built {
        do {
            return try await search(stream, level: level, in: folder)
        } catch let failure as Failure where failure.isOfTool {
            return try await buildSmaller(stream, level: level, in: folder, after: failure)
        }
    }

    private func buildSmaller(
        _ asked: CertificationStream, level: CertificationLevel, in folder: String, after first: Failure
    ) async throws -> Built {
        // Tiles and slices are what their size makes them, and below a certain size it is not the size that fails.
        guard asked.purpose != .tiles, asked.purpose != .slices, min(asked.size.width, asked.size.height) > 128
        else { throw first }
        for share in Self.retreats {
            do {
                let smaller = asked.scaled(share, of: 32, alignment: level.alignment)
                var built = try await search(smaller, level: level, in: folder)
                built.refusal = first.cause
                return built
            } catch let failure as Failure where failure.isOfTool {
                continue
            }
        }
        throw first
    }

    private func search(
        _ stream: CertificationStream, level: CertificationLevel, in folder: String
    ) async throws -> Built {
        let recipe = EncodingRecipe(stream: stream, level: level)
        var search = QuantizerSearch(
            recipe.search.range, first: recipe.search.first, end: recipe.search.end,
            goal: stream.bitRate == nil ? 0 : Self.goal)
        var last: Built?
        while let quantizer = search.next {
            let built = try await attempt(recipe, quantizer: quantizer, in: folder)
            let share = Double(built.verdict.peakBPS) / Double(level.bitRate)
            search.note(share: share, isHeld: !built.verdict.exceedsBits && share <= 1)
            last = built
        }
        if let best = search.best, last?.quantizer != best {
            last = try await attempt(recipe, quantizer: best, in: folder)
        }
        guard let last else { throw unbuilt(stream) }
        return last
    }

    private func attempt(_ recipe: EncodingRecipe, quantizer: Int, in folder: String) async throws -> Built {
        try await encode(recipe, quantizer: quantizer, in: folder)
        return Built(
            stream: recipe.stream, encoder: recipe.encoder.rawValue, quantizer: quantizer,
            verdict: try verify(folder + "/" + recipe.stream.file))
    }

    private func encode(_ recipe: EncodingRecipe, quantizer: Int, in folder: String) async throws {
        let stream = recipe.stream
        guard !stream.laterSizes.isEmpty else {
            let arguments = recipe.arguments(stream.size, frames: stream.frames, quantizer: quantizer)
            return try await run(arguments + recipe.trackArguments + ["-f", "mp4", stream.file], stream, folder)
        }
        try await encodeParts(recipe, quantizer: quantizer, in: folder)
    }

    /// Each size is a stream of its own; one after the other they are one that changes.
    private func encodeParts(_ recipe: EncodingRecipe, quantizer: Int, in folder: String) async throws {
        let stream = recipe.stream
        let (part, whole) = ("part." + recipe.rawFormat, "whole." + recipe.rawFormat)
        defer { for name in [part, whole] { try? FileManager.default.removeItem(atPath: folder + "/" + name) } }
        var bytes = Data()
        for size in stream.sizes {
            let arguments = recipe.arguments(size, frames: stream.frames / stream.sizes.count, quantizer: quantizer)
            try await run(arguments + ["-f", recipe.rawFormat, part], stream, folder)
            bytes += try Data(contentsOf: URL(fileURLWithPath: folder + "/" + part))
        }
        try bytes.write(to: URL(fileURLWithPath: folder + "/" + whole))
        let input = FFmpegCommand.input(whole, options: recipe.rawOptions + ["-framerate", "\(stream.frameRate)"])
        let arguments = FFmpegCommand.preamble + input + ["-map", "0:v:0", "-c", "copy"] + recipe.trackArguments
        try await run(arguments + FFmpegCommand.reproducible + ["-f", "mp4", stream.file], stream, folder)
    }

    private func run(_ arguments: [String], _ stream: CertificationStream, _ folder: String) async throws {
        try await runner.run(
            ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: stream.purpose.rawValue))
    }

    private func unbuilt(_ stream: CertificationStream) -> Failure {
        Failure(
            .failed, what: "no quantizer was tried", place: stream.purpose.rawValue,
            remedy: "report it with the command line")
    }
}

extension Failure {
    /// Whether a tool failed, crashed or hung: extremes are where they do.
    var isOfTool: Bool { status == .failed || status == .temporary }

    /// What went wrong, with the tool's own first word for it.
    var cause: String { what + (detail.split(separator: "\n").first.map { ": " + ToolWords.plain($0) } ?? "") }
}
