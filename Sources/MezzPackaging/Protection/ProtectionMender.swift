/// Mends what the packager's manifests say of protection.
enum ProtectionMender {
    private static let scheme = "schemeIdUri=\"urn:mpeg:dash:mp4protection:2011\""
    /// ClearKey in DASH (DASH-IF Interoperability Points, "Clear Key"): the packager writes the common `pssh` alone.
    private static let clearKey =
        "<ContentProtection schemeIdUri=\"urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e\" value=\"ClearKey1.0\"/>"

    static func dash(_ manifest: String, _ protection: Protection?) -> String {
        guard protection?.systems.contains(.clearkey) == true else { return manifest }
        return manifest.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [Substring] in
            guard line.contains("<ContentProtection "), line.contains(scheme) else { return [line] }
            return [line, line.prefix { $0 == " " } + Substring(clearKey)]
        }.joined(separator: "\n")
    }

    /// A key format without a way to a key is one that players stumble over: with the common `pssh` the packager writes
    /// one for whoever has the key anyway.
    static func hls(_ playlist: String, _ protection: Protection) -> String {
        guard protection.namesKeysInHLS else { return playlist }
        return playlist.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            !(line.hasPrefix("#EXT-X-KEY:") && line.contains("KEYFORMAT=\"identity\""))
        }.joined(separator: "\n")
    }
}
