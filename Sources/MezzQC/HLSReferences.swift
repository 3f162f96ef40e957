import MezzFormats

extension MediaPlaylist {
    /// All that the playlist at `path` names: the map first, then the segments in order.
    func resources(at path: String) -> [NamedResource] {
        ([map].compactMap(\.self) + segments.map(\.resource)).map { resource in
            if case .inside(let file) = ManifestReference(resource.uri, from: path) {
                return NamedResource(manifest: path, path: file, bytes: resource.bytes, written: resource.uri)
            }
            return NamedResource(manifest: path, path: nil, bytes: nil, written: resource.uri)
        }
    }
}
