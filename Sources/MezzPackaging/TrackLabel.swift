import Foundation

/// What DASH shows of a track. The packager's descriptors cannot carry every name, so that a stand-in goes through it.
enum TrackLabel {
    /// The same for tracks of one name.
    static func stand(for track: PackageTrack, among tracks: [PackageTrack]) -> String {
        "label-\(names(tracks).firstIndex(of: shown(track)) ?? 0)."
    }

    /// Puts the names in the place of the stand-ins.
    static func mend(_ manifest: String, _ tracks: [PackageTrack]) -> String {
        names(tracks).enumerated().reduce(manifest) { text, name in
            text.replacing("<Label>label-\(name.offset).</Label>", with: "<Label>\(escaped(name.element))</Label>")
        }
    }

    private static func shown(_ track: PackageTrack) -> String { track.name.isEmpty ? track.id : track.name }

    private static func names(_ tracks: [PackageTrack]) -> [String] {
        var names: [String] = []
        for name in tracks.filter({ $0.kind != .video }).map(shown) where !names.contains(name) { names.append(name) }
        return names
    }

    /// Without what XML 1.0 forbids.
    private static func escaped(_ name: String) -> String {
        let kept = name.unicodeScalars.filter { scalar in
            scalar.properties.generalCategory != .control && scalar.value & 0xFFFE != 0xFFFE
        }
        return String(String.UnicodeScalarView(kept)).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
