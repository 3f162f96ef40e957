package import MezzCore
import MezzFormats

/// Counts the HDR10+ messages of a joined HEVC track, picture by picture.
package struct HDR10PlusCount: Sendable, Hashable {
    package let pictures: Int
    /// Pictures with exactly one message.
    package let carrying: Int
    /// In decoding order: the first that has none, or more than one.
    package let firstWrong: Int?

    /// Reads every picture's headers.
    /// - Parameter path: Of an MP4 with one HEVC track that is ours.
    /// - Throws: `Failure` when it cannot be read.
    package static func read(_ path: String) throws(Failure) -> HDR10PlusCount {
        do throws(FormatError) {
            let source = try FileBytes(path, followsLinks: true)
            guard let track = try MP4File.read(source).movie?.tracks.first(where: { $0.handler == "vide" }),
                case .hevc(let record)? = track.entries.first?.configuration
            else { throw FormatError(.invalid, "no HEVC track", at: 0) }
            // Video, sequence and picture parameter sets.
            let sets = [32, 33, 34].flatMap { record.units($0) }.map { Array(record.bytes[$0.range]) }
            var reader = try HEVCStreamReader(parameterSets: sets)
            var (pictures, carrying): (Int, Int) = (0, 0)
            var firstWrong: Int?
            for sample in try TrackSamples.read(source, track: track.id).samples {
                for picture in try reader.read(try source.bytes(sample.bytes), .lengths(record.lengthSize)) {
                    if picture.messages.registeredData.count(where: { $0 == .hdr10Plus }) == 1 {
                        carrying += 1
                    } else {
                        firstWrong = firstWrong ?? pictures
                    }
                    pictures += 1
                }
            }
            return HDR10PlusCount(pictures: pictures, carrying: carrying, firstWrong: firstWrong)
        } catch {
            throw Failure(
                .failed, what: "the joined stream cannot be read: \(error)", place: path.printable,
                remedy: "run again; report it if it happens again")
        }
    }

    /// Every picture has its message, once.
    /// - Throws: `Failure` that names both numbers and the first picture that is wrong.
    package func check(frames: Int, place: String) throws(Failure) {
        guard pictures == frames, carrying == frames else {
            let first = firstWrong.map { ", the first other picture is \($0) in decoding order" } ?? ""
            throw Failure(
                .failed, what: "\(carrying) of \(pictures) pictures carry HDR10+, not \(frames)\(first)",
                place: place.printable, remedy: "run again; report it if it happens again")
        }
    }
}
