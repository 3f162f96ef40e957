import Foundation
import MezzCore
package import MezzMedia

/// Standard deviations of film grain, code values of 8 bit.
package struct GrainLevels: Codable, Hashable, Sendable {
    /// What was taken out of the source's picture.
    package let removed: Double
    /// What the decoder puts back.
    package let synthesised: Double
}

/// Compares the grain that a decoder adds with the grain that was taken out of the source: VMAF is measured without
/// either.
package struct GrainMeter: Sendable {
    private let runner: ToolRunner

    /// Frames that are looked at, at most.
    static let mostFrames = 48

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameters:
    ///   - request: The measurement just done in `folder`; its first encode has the size of comparison.
    ///   - total: Frames of the source.
    /// - Returns: `nil` when it was none without grain.
    package func measure(
        _ request: MeasureRequest, reference: SourceReader, total: Int, in folder: String
    ) async throws -> GrainLevels? {
        guard request.denoising != nil, let encode = request.distorted.first else { return nil }
        let commands = MeasureCommands(
            request: request, reference: reference, total: total,
            neighbours: ScoringEngine.neighbours(for: [try Model(request.model)]))
        let removed = try await deviation(commands.grainRemoved(frames: Self.mostFrames), in: folder)
        let added = try await deviation(
            commands.grainAdded(encode.file, firstFrame: encode.firstFrame, frames: Self.mostFrames), in: folder)
        return GrainLevels(removed: removed, synthesised: added)
    }

    private func deviation(_ command: ToolCommand, in folder: String) async throws -> Double {
        var command = command
        command.workingDirectory = folder
        let lines = try await runner.run(command).errorTail
        guard let decibels = Self.luma(in: lines) else {
            throw Failure(
                .failed, what: "FFmpeg's comparison of film grain is missing", place: folder.printable,
                remedy: "run again; report it if it happens again")
        }
        return decibels.isFinite ? 255 / pow(10, decibels / 20) : 0
    }

    /// "… PSNR y:43.88 u:55.39 …", or "inf" of equal pictures.
    static func luma(in lines: [String]) -> Double? {
        for line in lines.reversed() {
            guard let found = line.firstMatch(of: #/PSNR y:(inf|[0-9.]+)/#) else { continue }
            return Double(found.1)
        }
        return nil
    }
}
