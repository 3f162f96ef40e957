import MezzCore
import MezzFormats

/// One description holds for the whole stream: decoders are set up once, from the sample entry.
enum ParameterRule {
    /// Sample entries that forbid parameter sets in samples (ISO/IEC 14496-15, 5.4.2.1 and 8.4.1.1).
    private static let strict: Set<FourCC> = ["avc1", "hvc1"]

    static func findings(_ stream: CodedStream) -> [Finding] {
        var findings: [Finding] = []
        for (from, description) in stream.descriptions.dropFirst() {
            guard let first = stream.description, let change = difference(first, description) else { continue }
            findings.append(
                StreamRule.parametersChanged.finding("from here on \(change)", stream.name, picture: from))
        }
        guard let entry = stream.entry, strict.contains(entry.codec) else { return findings }
        let changed = stream.pictures.firstIndex { $0.traits.contains(.changesParameters) }
        let repeated = stream.pictures.firstIndex { $0.traits.contains(.repeatsParameters) }
        if let changed {
            findings.append(
                StreamRule.parametersInBand.finding(
                    "the sample brings parameter sets that \(entry.codec) does not have in its sample entry",
                    stream.name, picture: changed))
        } else if let repeated {
            findings.append(
                StreamRule.parametersInBand.finding(
                    "the sample repeats parameter sets, which \(entry.codec) forbids", stream.name, picture: repeated))
        }
        return findings
    }

    /// What decoders would have to be set up again for.
    private static func difference(_ first: StreamDescription, _ later: StreamDescription) -> String? {
        if first.size != later.size || first.codedSize != later.codedSize {
            return "the picture is \(later.size), not \(first.size)"
        }
        if first.codecString != later.codecString {
            return "the codec is \(later.codecString), not \(first.codecString)"
        }
        if first.bitDepth != later.bitDepth { return "samples have \(later.bitDepth) bits, not \(first.bitDepth)" }
        if first.signal != later.signal { return "the colours are other ones" }
        if let was = first.masteringDisplay, let `is` = later.masteringDisplay, was != `is` {
            return "the mastering display is another one"
        }
        if let was = first.contentLight, let `is` = later.contentLight, was != `is` {
            return "the light levels are other ones"
        }
        return nil
    }
}
