import MezzCore

/// The names of a track's files inside a package.
struct PackageNames {
    /// "video/1080p" or "audio/en": what all names of the track begin with.
    let stem: String

    init(_ track: PackageTrack) {
        stem = "\(track.kind.rawValue)/\(track.id)"
    }

    var file: String { stem + ".mp4" }
    /// A text beside its segments.
    var sidecar: String { stem + ".vtt" }
    var playlist: String { stem + ".m3u8" }
    var iFramePlaylist: String { stem + "-iframes.m3u8" }
    var initialization: String { stem + "/init.mp4" }
    /// In the packager's own notation.
    var segmentPattern: String { stem + "/$Number%05d$.m4s" }
    /// Segments are numbered from 1.
    func segment(_ index: Int) -> String {
        let digits = String(index + 1)
        return stem + "/" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".m4s"
    }

    /// Refuses tracks whose names would collide, escape or break the packager's descriptors, which are split at
    /// commas and equals signs.
    static func check(_ tracks: [PackageTrack]) throws(Failure) {
        guard tracks.contains(where: { $0.kind == .video }) else {
            throw refuse("a package needs a video track", "track list")
        }
        var taken: Set<String> = []
        for track in tracks {
            let isSafe = track.id.utf8.allSatisfy {
                $0 < 0x80 && (Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber)
                    || "-_.".utf8.contains($0)
            }
            guard isSafe, (1...100).contains(track.id.utf8.count), !track.id.hasPrefix("."), !track.id.hasPrefix("-"),
                !track.id.hasSuffix("-iframes")
            else { throw refuse("a track id holds other characters than letters, digits, -, _ and .", track.id) }
            // Case-insensitive file systems are common where packages end up.
            guard taken.insert(track.id.lowercased()).inserted else {
                throw refuse("two tracks have the same id", track.id)
            }
            if let language = track.language, !isTag(language) {
                throw refuse("a language is no BCP 47 tag", language)
            }
        }
        let defaults = Dictionary(grouping: tracks.filter { $0.kind != .video && $0.isDefault }) { track in
            "\(track.kind.rawValue) \(track.group ?? "")"
        }
        guard defaults.values.allSatisfy({ $0.count == 1 }) else {
            throw refuse("more than one track of a kind is the default", "track list")
        }
        guard tracks.allSatisfy({ $0.kind != .text || $0.sidecar != nil }) else {
            throw refuse("a text has no WebVTT file to deliver", "track list")
        }
    }

    private static func isTag(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 35
            && text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
    }

    private static func refuse(_ what: String, _ place: String) -> Failure {
        Failure(.failed, what: what, place: place.printable, remedy: "choose other ids or languages for the tracks")
    }
}
