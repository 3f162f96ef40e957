import MezzCore
import MezzFormats

/// The manifests of a package, read, with what is wrong with them as such.
struct PackageManifests {
    private(set) var presentation: MediaPresentation?
    private(set) var master: MasterPlaylist?
    /// By path in the package.
    private(set) var playlists: [String: MediaPlaylist] = [:]
    private(set) var findings: [Finding] = []

    private static let byteLimit = 32 << 20
    /// Playlists after which a master is refused.
    private static let playlistLimit = 500

    init(_ folder: String) {
        presentation = load("manifest.mpd", folder) { bytes throws(FormatError) in try MediaPresentation.read(bytes) }
        master = load("master.m3u8", folder) { bytes throws(FormatError) in try MasterPlaylist.read(bytes) }
        guard let master else { return }
        let named =
            master.variants.map(\.uri) + master.renditions.compactMap(\.uri) + master.iFrameStreams.map(\.uri)
        for uri in Set(named).sorted().prefix(Self.playlistLimit) {
            switch ManifestReference(uri, from: "master.m3u8") {
            case .escaping: findings.append(Self.escape(uri, "master.m3u8"))
            case .inside(let path):
                playlists[path] = load(path, folder) { bytes throws(FormatError) in try MediaPlaylist.read(bytes) }
            }
        }
    }

    private mutating func load<Value>(
        _ path: String, _ folder: String, _ read: ([UInt8]) throws(FormatError) -> Value
    ) -> Value? {
        do {
            return try read(try FileBytes.contents(of: folder + "/" + path, limit: Self.byteLimit))
        } catch {
            let rule: PackageRule = error.reason == .unreadable ? .manifestMissing : .manifestUnreadable
            findings.append(rule.finding("\(path): \(error)".printable))
            return nil
        }
    }

    static func escape(_ reference: String, _ manifest: String) -> Finding {
        PackageRule.manifestEscape.finding(
            "\(manifest) names \(String(reference.prefix(200))), which is not inside the package".printable)
    }
}
