import MezzCore
import MezzFormats

/// The `codecs` parameter of a manifest is the one that belongs to the bitstream.
enum CodecsRule {
    /// - Parameter stated: What a manifest says, by the manifest's name.
    static func findings(_ description: StreamDescription, stated: [(manifest: String, codecs: String)], stream: String)
        -> [Finding]
    {
        stated.compactMap { manifest, codecs in
            let own = codecs.split(separator: ",").map { $0.trimmingPrefix(while: { $0 == " " }) }
            guard !own.contains(where: { matches(String($0), description.codecString) }) else { return nil }
            return StreamRule.codecs.finding(
                "\(manifest) says \(codecs.printable), the bitstream is \(description.codecString)", stream)
        }
    }

    /// Letters may be of either case; AV1's optional fields may be left out where they say what their absence means.
    private static func matches(_ stated: String, _ own: String) -> Bool {
        let (stated, own) = (stated.lowercased(), own.lowercased())
        if stated == own { return true }
        guard stated.hasPrefix("av01"), own.hasPrefix("av01") else { return false }
        let (left, right) = (stated.split(separator: "."), own.split(separator: "."))
        return left.count != right.count && left.prefix(4).elementsEqual(right.prefix(4)) && left.count <= 4
    }
}
