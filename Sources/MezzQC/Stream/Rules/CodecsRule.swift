package import MezzCore
import MezzFormats

/// The `codecs` parameter of a manifest is the one that belongs to the bitstream.
package enum CodecsRule {
    /// - Parameter stated: What a manifest says, by the manifest's name.
    package static func findings(
        _ description: StreamDescription, stated: [(manifest: String, codecs: String)], stream: String
    )
        -> [Finding]
    {
        stated.compactMap { manifest, codecs in
            let own = codecs.split(separator: ",").map { $0.trimmingPrefix(while: { $0 == " " }) }
            guard !own.contains(where: { matches(String($0), description.codecString) }) else { return nil }
            return StreamRule.codecs.finding(
                "\(manifest) says \(codecs.printable), the bitstream is \(description.codecString)", stream)
        }
    }

    /// Letters may be of either case.
    private static func matches(_ stated: String, _ own: String) -> Bool {
        spelledOut(stated.lowercased()) == spelledOut(own.lowercased())
    }

    /// AV1's fields on colour may be left out, all of them, where they say what their absence means: 4:2:0, BT.709,
    /// limited range (AV1 Codec ISO Media File Format Binding, 5).
    private static func spelledOut(_ codec: String) -> String {
        let isShort = codec.hasPrefix("av01.") && codec.split(separator: ".").count == 4
        return isShort ? codec + ".0.110.01.01.01.0" : codec
    }
}
