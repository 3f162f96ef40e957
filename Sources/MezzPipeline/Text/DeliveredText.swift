package import MezzCore
import MezzFormats
package import MezzQC
import MezzText

/// A text is delivered twice, as segments and as a WebVTT file: both must show the same words at the same times.
package enum DeliveredText {
    /// What is on the screen from one moment to the next.
    private struct Stretch: Equatable {
        let start: Int
        var end: Int
        /// Sorted.
        let texts: [String]
    }

    /// Milliseconds that the two may be apart.
    private static let tolerance = 1
    private static let mostBytes = 32 << 20
    /// Cues on the screen at once after which nothing is compared: real texts have a handful.
    static let mostAtOnce = 64

    /// There are too many cues at once.
    private struct Flood: Error, CustomStringConvertible {
        var description: String { "more than \(mostAtOnce) cues are shown at once" }
    }

    /// Whether more cues are shown at once than any title has.
    static func isFlood(_ cues: [TextCue]) -> Bool { (try? stretches(of: cues)) == nil }

    /// Compares them; a difference, or what cannot be compared, is one finding.
    package static func findings(_ reference: TrackReference, in folder: String) -> [Finding] {
        do {
            let bytes = try FileBytes.contents(of: folder + "/" + reference.sidecar, limit: mostBytes)
            let cues = try TextReader.parse(bytes, as: .vtt, place: reference.sidecar).text.cues
            let samples = try PackagedSample.read(reference, in: folder)
            return difference(try stretches(of: cues), try packaged(samples, reference)).map {
                [finding($0, reference)]
            }
                ?? []
        } catch {
            return [finding(("cannot be compared: \(error)".printable, nil), reference)]
        }
    }

    private static func finding(_ what: (message: String, milliseconds: Int?), _ reference: TrackReference) -> Finding {
        Finding(
            "package.text", .error, "the segments and \(reference.sidecar): \(what.message)",
            place: Finding.Place(stream: reference.id, seconds: what.milliseconds.map { Double($0) / 1000 }),
            remedy: "package the text again; report it if it happens again")
    }

    private static func difference(_ file: [Stretch], _ segments: [Stretch]) -> (message: String, milliseconds: Int?)? {
        for (one, other) in zip(file, segments) {
            if one.texts != other.texts { return ("other words are shown", one.start) }
            if abs(one.start - other.start) > tolerance || abs(one.end - other.end) > tolerance {
                return ("\(one.start)–\(one.end) ms became \(other.start)–\(other.end) ms", one.start)
            }
        }
        guard file.count != segments.count else { return nil }
        let end = min(file.count, segments.count)
        let place = file.count > end ? file[end].start : segments[end].start
        return ("one shows something that the other does not", place)
    }

    /// What cues show over time, the stretches without text left out.
    private static func stretches(of cues: [TextCue]) throws -> [Stretch] {
        let shown = cues.filter { !$0.isEmpty && $0.end > $0.start }.sorted { $0.start < $1.start }
        let moments = Set(shown.flatMap { [$0.start, $0.end] }).sorted()
        var stretches: [Stretch] = []
        var active: [TextCue] = []
        var next = 0
        for (start, end) in zip(moments, moments.dropFirst()) {
            while next < shown.count, shown[next].start <= start {
                active.append(shown[next])
                next += 1
            }
            active.removeAll { $0.end <= start }
            guard active.count <= mostAtOnce else { throw Flood() }
            add(active.map(\.text), start, end, to: &stretches)
        }
        return stretches
    }

    private static func packaged(_ samples: [PackagedSample], _ reference: TrackReference) throws -> [Stretch] {
        var stretches: [Stretch] = []
        for sample in samples {
            let payloads = try payloads(sample.bytes)
            guard payloads.count <= mostAtOnce else { throw Flood() }
            let texts = try payloads.flatMap { payload in
                let document = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n" + payload + "\n"
                return try TextReader.parse(Array(document.utf8), as: .vtt, place: reference.id).text.cues
                    .filter { !$0.isEmpty }.map(\.text)
            }
            add(texts, sample.start, sample.end, to: &stretches)
        }
        return stretches
    }

    private static func add(_ texts: [String], _ start: Int, _ end: Int, to stretches: inout [Stretch]) {
        guard !texts.isEmpty else { return }
        let sorted = texts.sorted()
        if let last = stretches.last, abs(last.end - start) <= tolerance, last.texts == sorted {
            stretches[stretches.count - 1].end = end
        } else {
            stretches.append(Stretch(start: start, end: end, texts: sorted))
        }
    }

    /// The cue texts of a sample (ISO/IEC 14496-30, 7.4): a `payl` in each `vttc`.
    private static func payloads(_ bytes: [UInt8]) throws(FormatError) -> [String] {
        var texts: [String] = []
        for cue in try BoxHeader.list(bytes, in: 0..<bytes.count) where cue.type == "vttc" {
            for box in try BoxHeader.list(bytes, in: cue.payload) where box.type == "payl" {
                texts.append(String(decoding: bytes[box.payload], as: UTF8.self))
            }
        }
        return texts
    }
}
