import Foundation
import MezzCore
import MezzFormats

/// Says in the container what an HDR stream says of its colours, its mastering display and its light: the packager
/// passes `colr` on and drops `mdcv` and `clli`. Files keep their length and all their places; SDR files are not touched.
enum HDRBoxes {
    /// - Throws: `Failure` when the stream or what the packager made of it cannot be read, or has no room for boxes.
    static func write(_ track: PackageTrack, layout: SegmentLayout, in folder: String) throws {
        let names = PackageNames(track)
        let file = layout == .onDemand ? names.file : names.initialization
        do {
            guard let color = try signalled(track.file), color.isHighDynamicRange else { return }
            let patch = try MovieRoom.patch(try FileBytes(folder + "/" + file)) { entry in
                entry.video.map(color.boxes(missingIn:)) ?? []
            }
            guard let patch else { return }
            let output = try FileHandle(forUpdating: URL(fileURLWithPath: folder + "/" + file))
            defer { try? output.close() }
            try output.seek(toOffset: UInt64(patch.offset))
            try output.write(contentsOf: patch.bytes)
        } catch let error as FormatError {
            throw Failure(
                .failed, what: "the HDR metadata cannot be written into the container: \(error)", place: file,
                remedy: "use the packager that `mezz doctor` names; report it if it happens with that one")
        }
    }

    /// What the first picture says: of the input, because what the packager writes may be encrypted.
    private static func signalled(_ path: String) throws(FormatError) -> SignalledColor? {
        let source = try FileBytes(path, followsLinks: true)
        guard let track = try MP4File.read(source).movie?.tracks.first(where: { $0.handler == "vide" }),
            let entry = track.entries.first, entry.configuration != nil,
            let sample = try TrackSamples.read(source, track: track.id).samples.first
        else { return nil }
        return try SignalledColor.read(entry, sample: try source.bytes(sample.bytes))
    }
}
