import Foundation

/// What DASH shows of a track. The packager's descriptors cannot carry every name, so that a stand-in goes through it; it
/// also keeps tracks apart that are no bitrates of one: of other names, and of other numbers of channels.
enum TrackLabel {
    private struct Identity: Hashable {
        let name: String
        let channels: Int?
    }

    static func stand(for track: PackageTrack, among tracks: [PackageTrack]) -> String {
        "label-\(identities(tracks).firstIndex(of: identity(track)) ?? 0)."
    }

    /// Puts the names in the place of the stand-ins.
    static func mend(_ manifest: String, _ tracks: [PackageTrack]) -> String {
        let names = identities(tracks).map { escaped($0.name) }
        return manifest.replacing(#/<Label>label-([0-9]+)\.<\/Label>/#) { match in
            let number = Int(match.1) ?? 0
            return "<Label>\(names.indices.contains(number) ? names[number] : "")</Label>"
        }
    }

    private static func identity(_ track: PackageTrack) -> Identity {
        Identity(name: track.name.isEmpty ? track.id : track.name, channels: track.channels)
    }

    private static func identities(_ tracks: [PackageTrack]) -> [Identity] {
        var found: [Identity] = []
        for one in tracks.filter({ $0.kind != .video }).map(identity) where !found.contains(one) { found.append(one) }
        return found
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
