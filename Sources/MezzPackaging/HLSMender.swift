/// Mends the packager's HLS master: names and defaults of renditions as asked, peaks that are no less than means.
enum HLSMender {
    /// The packager's names are the track ids, because its descriptors cannot carry every name and it does not
    /// escape quotes; and it knows a default language, not a default track.
    static func mend(_ master: String, tracks: [PackageTrack], rates: BandwidthMender) -> String {
        let renditions = tracks.filter { $0.kind != .video }
        let chosen = chosen(renditions)
        let names = names(of: renditions)
        let lines = master.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { number, line in
            guard line.hasPrefix("#EXT-X-MEDIA:"),
                let track = renditions.first(where: { line.contains("URI=\"\(PackageNames($0).playlist)\"") })
            else {
                let next = number + 1 < lines.count ? lines[number + 1] : ""
                return SupplementMender.mend(rates.mend(String(line), before: next), before: next, tracks)
            }
            let isDefault = chosen.contains(track.id) ? "YES" : "NO"
            var mended = String(line).replacing("DEFAULT=YES", with: "DEFAULT=\(isDefault)")
                .replacing("DEFAULT=NO", with: "DEFAULT=\(isDefault)")
            // What is the default is chosen by itself (RFC 8216, 4.3.4.1).
            if chosen.contains(track.id), !mended.contains("AUTOSELECT=YES") { mended += ",AUTOSELECT=YES" }
            if let channels = track.channels, !mended.contains(",CHANNELS=") { mended += ",CHANNELS=\"\(channels)\"" }
            return mended.replacing("NAME=\"\(track.id)\"", with: "NAME=\"\(names[track.id] ?? track.id)\"")
        }.joined(separator: "\n")
    }

    /// In each group of sound one track is the default; a text is one only when somebody said so.
    private static func chosen(_ renditions: [PackageTrack]) -> Set<String> {
        let groups = Dictionary(grouping: renditions.filter { $0.kind == .audio }) { $0.group ?? "" }
        let audio = groups.values.compactMap { group in (group.first(where: \.isDefault) ?? group.first)?.id }
        return Set(audio + renditions.filter { $0.kind == .text && $0.isDefault }.map(\.id))
    }

    /// Names to show, by track id: without what a quoted string must not hold (RFC 8216, 4.2), and no two alike in a
    /// group.
    private static func names(of renditions: [PackageTrack]) -> [String: String] {
        var taken: Set<String> = []
        var names: [String: String] = [:]
        for track in renditions {
            let safe = String(
                String.UnicodeScalarView(
                    track.name.unicodeScalars.prefix(200).map { scalar in
                        if scalar == "\"" { return "'" }
                        return scalar.properties.generalCategory == .control || scalar.value == 0x2028
                            || scalar.value == 0x2029 ? " " : scalar
                    }))
            var name = safe.isEmpty ? track.id : safe
            let group = "\(track.kind.rawValue) \(track.group ?? "") "
            if !taken.insert(group + name).inserted {
                name += " (\(track.id))"
                taken.insert(group + name)
            }
            names[track.id] = name
        }
        return names
    }
}
