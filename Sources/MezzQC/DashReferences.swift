import MezzFormats

/// A file, or a part of one, that a manifest names.
struct NamedResource: Hashable {
    let manifest: String
    /// Path in the package; `nil` when the reference leads out of it.
    let path: String?
    let bytes: Range<Int>?
    let written: String
}

/// Follows a DASH representation to its files.
struct DashRepresentation {
    let representation: MediaPresentation.Representation
    let set: MediaPresentation.AdaptationSet
    /// All that the representation names, in order of play; the initialization first.
    let resources: [NamedResource]

    static func all(_ presentation: MediaPresentation) -> [DashRepresentation] {
        presentation.periods.flatMap { period in
            period.adaptationSets.flatMap { set in
                set.representations.map { representation in
                    let chain = [presentation.baseURLs, period.baseURLs, set.baseURLs, representation.baseURLs]
                    return DashRepresentation(
                        representation: representation, set: set,
                        resources: resources(
                            of: representation, chain: chain, seconds: presentation.durationSeconds ?? 0))
                }
            }
        }
    }

    private static func resources(
        of representation: MediaPresentation.Representation, chain: [[String]], seconds: Double
    ) -> [NamedResource] {
        var base = "manifest.mpd"
        // Alternative locations are references too, even if a player takes the first.
        for urls in chain where !urls.isEmpty {
            for url in urls {
                guard case .inside = ManifestReference(url.droppingLastSlash, from: base) else {
                    return [NamedResource(manifest: "manifest.mpd", path: nil, bytes: nil, written: url)]
                }
            }
            let isFolder = urls[0].hasSuffix("/")
            if case .inside(let path) = ManifestReference(urls[0].droppingLastSlash, from: base) {
                base = isFolder ? path + "/." : path
            }
        }
        guard let template = representation.segmentTemplate else {
            let parts = [representation.segmentBase?.initialization, representation.segmentBase?.indexRange]
            let ranges = parts.compactMap(\.self)
            return (ranges.isEmpty ? [nil] : ranges.map(Optional.some)).map { range in
                NamedResource(manifest: "manifest.mpd", path: base, bytes: range, written: base)
            }
        }
        func expanded(_ pattern: String, _ segment: SegmentTemplate.Segment?) -> NamedResource {
            let name = SegmentTemplate.name(
                pattern, representation: representation.id, bandwidth: representation.bandwidth,
                number: segment?.number ?? 0, time: segment?.time ?? 0)
            guard let name, case .inside(let path) = ManifestReference(name, from: base) else {
                return NamedResource(manifest: "manifest.mpd", path: nil, bytes: nil, written: pattern)
            }
            return NamedResource(manifest: "manifest.mpd", path: path, bytes: nil, written: name)
        }
        var resources: [NamedResource] = []
        if let initialization = template.initialization { resources.append(expanded(initialization, nil)) }
        if let media = template.media {
            resources += (template.timeline.isEmpty ? template.evenly(seconds) : template.timeline).map {
                expanded(media, $0)
            }
        }
        return resources
    }
}

extension DashRepresentation {
    /// Whether it is a picture or sound or text that plays, not images beside it.
    var isTrack: Bool { self.set.contentType != "image" }
}

extension String {
    fileprivate var droppingLastSlash: String { hasSuffix("/") && count > 1 ? String(dropLast()) : self }
}
