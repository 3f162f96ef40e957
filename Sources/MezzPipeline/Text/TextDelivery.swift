import Foundation
import MezzCore
import MezzMedia
import MezzText

/// A text as files.
struct TextFiles {
    /// As it is delivered beside the package's segments.
    let delivered: String
    /// As the packager is given it.
    let input: String
}

/// Reads a timed text, puts it into the title's time, checks it and writes it as it is delivered.
struct TextDelivery {
    let runner: ToolRunner
    /// Length of the picture.
    let seconds: Double

    struct Result {
        let files: TextFiles
        let cues: Int
        let format: TextFormat
        let findings: [Finding]
    }

    /// - Parameters:
    ///   - path: The text; its name is told in errors by what the track calls it.
    ///   - folder: Where the files are written, under names of ours.
    /// - Throws: `Failure` when the text cannot be read.
    func deliver(_ track: TextTrackPlan, from path: String, into folder: String) async throws -> Result {
        let milliseconds = Int((seconds * 1000).rounded())
        let reading: TextReading
        do {
            reading = try await TextReader(runner: runner).read(path)
        } catch let failure as Failure {
            throw Failure(
                failure.status, what: failure.what, place: track.wish.name.printable, remedy: failure.remedy,
                detail: failure.detail)
        }
        let conversion = TextConversion(
            timing: TextTiming(offset: track.wish.offset, factor: track.wish.factor, duration: milliseconds),
            language: track.wish.language, isForced: track.wish.kind == .forced)
        let (text, findings) = conversion.apply(to: reading)
        guard !DeliveredText.isFlood(text.cues) else {
            throw Failure(
                .input, what: "more than \(DeliveredText.mostAtOnce) cues are shown at once",
                place: track.wish.name.printable, remedy: "check the times of its cues")
        }
        let written = TextOutput.vtt.write(text)
        let files = TextFiles(
            delivered: folder + "/" + ArtifactName.text, input: folder + "/" + ArtifactName.textInput)
        try Data(written.bytes).write(to: URL(fileURLWithPath: files.delivered))
        try Data(written.bytes + PackagerText.ending(atMilliseconds: milliseconds)).write(
            to: URL(fileURLWithPath: files.input))
        return Result(
            files: files, cues: text.cues.count, format: reading.format,
            findings: (findings + written.findings).map { $0.of(track.id) })
    }
}

/// What the packager needs beside a text: without it, a track ends with its last cue.
private enum PackagerText {
    /// A cue that shows nothing, in the picture's last instant.
    static func ending(atMilliseconds end: Int) -> [UInt8] {
        Array("\n\(stamp(max(0, end - 1))) --> \(stamp(end))\n\n".utf8)
    }

    private static func stamp(_ milliseconds: Int) -> String {
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(milliseconds / 3_600_000, 2) + ":" + digits(milliseconds / 60_000 % 60, 2) + ":"
            + digits(milliseconds / 1000 % 60, 2) + "." + digits(milliseconds % 1000, 3)
    }
}

extension Finding {
    /// The same, said of a delivered track.
    func of(_ track: String) -> Finding {
        Finding(
            code, severity, message, place: Place(stream: track, frame: place.frame, seconds: place.seconds),
            remedy: remedy)
    }
}
