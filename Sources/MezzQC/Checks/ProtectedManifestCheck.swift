import Foundation
package import MezzCore
import MezzFormats

/// The manifests of a protected package name the keys that its tracks need.
package enum ProtectedManifestCheck {
    private static let mostBytes = 32 << 20

    /// - Parameters:
    ///   - keyIDs: Of the tracks, in hex.
    ///   - namesKeysInHLS: Whether a system was asked for that HLS has words for.
    package static func findings(
        in folder: String, _ references: [TrackReference], keyIDs: Set<String>, namesKeysInHLS: Bool
    ) -> [Finding] {
        let manifest = text(folder + "/manifest.mpd").lowercased()
        var findings = keyIDs.sorted().filter { !manifest.contains("cenc:default_kid=\"\(uuid($0))\"") }.map {
            PackageRule.protection.finding("manifest.mpd does not name the key \($0)")
        }
        let silent = references.filter { !text(folder + "/" + $0.playlist).contains("#EXT-X-KEY:") }
        guard let first = silent.first else { return findings }
        if namesKeysInHLS {
            findings.append(
                PackageRule.protection.finding("\(first.playlist) does not say that its segments are encrypted"))
        } else {
            findings.append(
                Finding(
                    "package.hls-keys", .warning,
                    "HLS playlists name no key: no system was asked for that they have words for",
                    remedy: "ask for widevine, playready or fairplay as well, or deliver DASH alone"))
        }
        return findings
    }

    private static func text(_ path: String) -> String {
        (try? FileBytes.contents(of: path, limit: mostBytes)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func uuid(_ hex: String) -> String {
        let lengths = [8, 4, 4, 4, 12]
        var rest = hex[...]
        return lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
