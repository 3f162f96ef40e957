package import MezzCore
import MezzFormats

/// A sample of a packaged track, with its bytes and the time when it is shown.
package struct PackagedSample: Sendable {
    /// Milliseconds, rounded.
    package let start: Int
    /// Milliseconds, rounded.
    package let end: Int
    package let bytes: [UInt8]
}

extension PackagedSample {
    /// All samples of a track, in order; for tracks of few and small ones, such as text.
    /// - Throws: `Failure` when the track cannot be read.
    package static func read(_ reference: TrackReference, in folder: String) throws(Failure) -> [PackagedSample] {
        guard let track = PackagedTrack.read(reference, in: folder).track else {
            throw unreadable(reference, "it has no media file")
        }
        do {
            let scale = max(1, track.movie.timescale)
            var samples: [PackagedSample] = []
            for part in try track.parts(in: folder).parts {
                for sample in part.samples {
                    let start = Double(sample.presentationTime)
                    samples.append(
                        PackagedSample(
                            start: try milliseconds(start, scale),
                            end: try milliseconds(start + Double(sample.duration), scale),
                            bytes: try part.source.bytes(sample.bytes)))
                }
            }
            return samples
        } catch {
            throw unreadable(reference, "\(error)")
        }
    }

    private static func milliseconds(_ time: Double, _ scale: Int) throws(FormatError) -> Int {
        guard let milliseconds = Int(exactly: (time * 1000 / Double(scale)).rounded()) else {
            throw FormatError(.tooLarge, "a time beyond all titles", at: 0)
        }
        return milliseconds
    }

    private static func unreadable(_ reference: TrackReference, _ why: String) -> Failure {
        Failure(
            .failed, what: "the track cannot be read: \(why)".printable, place: reference.id,
            remedy: "package the tracks again")
    }
}
