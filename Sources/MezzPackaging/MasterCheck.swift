import MezzCore
import MezzFormats

/// The HLS master must carry what players choose by; the packager leaves an attribute out when it did not find it in
/// the stream.
enum MasterCheck {
    static func check(_ bytes: [UInt8], tracks: [PackageTrack]) throws {
        let master: MasterPlaylist
        do {
            master = try MasterPlaylist.read(bytes)
        } catch {
            throw failure("the HLS master cannot be read: \(error)", "master.m3u8")
        }
        let groups = Set(master.renditions.filter { $0.type == "AUDIO" }.map(\.group))
        let needsText = tracks.contains { $0.kind == .text }
        for track in tracks where track.kind == .video {
            let variants = master.variants.filter { $0.uri == PackageNames(track).playlist }
            guard !variants.isEmpty else { throw failure("the rung is no variant of the HLS master", track.id) }
            for variant in variants {
                let missing = [
                    ("BANDWIDTH", variant.bandwidth == nil), ("AVERAGE-BANDWIDTH", variant.averageBandwidth == nil),
                    ("CODECS", variant.codecs == nil), ("RESOLUTION", variant.resolution == nil),
                    ("FRAME-RATE", variant.frameRate == nil),
                    ("SUBTITLES", needsText && variant.subtitleGroup != PackagerArguments.textGroup),
                    ("AUDIO", variant.audioGroup.map { !groups.contains($0) } ?? !groups.isEmpty),
                ].filter(\.1).map(\.0)
                guard missing.isEmpty else {
                    throw failure("the HLS variant lacks \(missing.joined(separator: ", "))", track.id)
                }
            }
        }
        for track in tracks where track.kind != .video {
            guard master.renditions.contains(where: { $0.uri == PackageNames(track).playlist }) else {
                throw failure("the track is no rendition of the HLS master", track.id)
            }
        }
    }

    private static func failure(_ what: String, _ place: String) -> Failure {
        Failure(.failed, what: what, place: place, remedy: "report it with the packager's version")
    }
}
