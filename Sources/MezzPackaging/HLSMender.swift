/// Mends the packager's HLS master: names and defaults of renditions as asked, peaks that are no less than means.
enum HLSMender {
    /// The packager's names are the track ids, because its descriptors cannot carry every name and it does not
    /// escape quotes; and it knows a default language, not a default track.
    static func mend(_ master: String, tracks: [PackageTrack]) -> String {
        let audio = tracks.filter { $0.kind == .audio }
        let chosen = (audio.first(where: \.isDefault) ?? audio.first)?.id
        let names = names(of: audio)
        return master.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.hasPrefix("#EXT-X-MEDIA:"),
                let track = audio.first(where: { line.contains("URI=\"\(PackageNames($0).playlist)\"") })
            else { return BandwidthMender.mend(String(line)) }
            let isDefault = track.id == chosen ? "YES" : "NO"
            var mended = String(line).replacing("DEFAULT=YES", with: "DEFAULT=\(isDefault)")
                .replacing("DEFAULT=NO", with: "DEFAULT=\(isDefault)")
            if let channels = track.channels, !mended.contains(",CHANNELS=") { mended += ",CHANNELS=\"\(channels)\"" }
            return mended.replacing("NAME=\"\(track.id)\"", with: "NAME=\"\(names[track.id] ?? track.id)\"")
        }.joined(separator: "\n")
    }

    /// Names to show, by track id: without what a quoted string must not hold (RFC 8216, 4.2), and no two alike.
    private static func names(of audio: [PackageTrack]) -> [String: String] {
        var taken: Set<String> = []
        var names: [String: String] = [:]
        for track in audio {
            let safe = String(
                String.UnicodeScalarView(
                    track.name.unicodeScalars.prefix(200).map { scalar in
                        if scalar == "\"" { return "'" }
                        return scalar.properties.generalCategory == .control || scalar.value == 0x2028
                            || scalar.value == 0x2029 ? " " : scalar
                    }))
            var name = safe.isEmpty ? track.id : safe
            if !taken.insert(name).inserted {
                name += " (\(track.id))"
                taken.insert(name)
            }
            names[track.id] = name
        }
        return names
    }
}
