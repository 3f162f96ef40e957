import MezzCore
import MezzFormats

/// The rates that the HLS master states are those of the segments, within 10% (Apple's HLS authoring specification, 9.2
/// and 9.3): a variant has its picture's rates and the highest ones of its group of sound.
struct RateCheck {
    let manifests: PackageManifests
    let tracks: [PackagedTrack]

    private static let tolerance = 0.1
    /// Fewer are too few for peaks to mean something.
    private static let leastSegments = 3

    func findings() -> [Finding] {
        guard let master = manifests.master else { return [] }
        return master.variants.compactMap { variant in
            guard let track = tracks.first(where: { $0.reference.playlist == variant.uri }),
                track.segments.count >= Self.leastSegments
            else { return nil }
            let own = rates(track)
            let group = master.renditions.filter { $0.type == "AUDIO" && $0.group == variant.audioGroup }
            let sounds = group.compactMap { rendition in
                tracks.first { $0.reference.playlist == rendition.uri }.map(rates)
            }
            let average = own.average + (sounds.map(\.average).max() ?? 0)
            let peak = own.peak + (sounds.map(\.peak).max() ?? 0)
            let wrong = [
                ("AVERAGE-BANDWIDTH", variant.averageBandwidth, average), ("BANDWIDTH", variant.bandwidth, peak),
            ].first { _, stated, measured in abs(Double(stated ?? 0) - measured) > Self.tolerance * measured }
            guard let (name, stated, measured) = wrong else { return nil }
            return PackageRule.manifestRate.finding(
                "master.m3u8 states \(name)=\(stated ?? 0) with \(variant.audioGroup ?? "no sound"); the segments have "
                    + "\(Int(exactly: measured.rounded()).map(String.init) ?? "other rates")",
                stream: track.reference.id)
        }
    }

    private func rates(_ track: PackagedTrack) -> SegmentRates {
        SegmentRates(
            track.files.flatMap { file in
                file.structure.indexes.flatMap { index in
                    index.entries.map { entry in
                        (seconds: Double(entry.duration) / Double(max(1, index.timescale)), bytes: entry.bytes.count)
                    }
                }
            })
    }
}
