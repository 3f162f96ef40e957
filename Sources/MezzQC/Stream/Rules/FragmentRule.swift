import MezzCore
import MezzFormats

/// The file keeps to CMAF (ISO/IEC 23000-19): a track alone, in fragments that each can be fetched and decoded from.
enum FragmentRule {
    private static let most = 5

    static func findings(_ file: MP4File, initialization: Movie? = nil, stream: String) -> [Finding] {
        let facts = file.cmafFacts(initialization: initialization)
        var problems: [String] = []
        if !facts.hasOneTrack { problems.append("the file holds more than one track (7.3.2.1)") }
        if !facts.hasOnlyFragments { problems.append("samples lie outside of fragments (7.3.2.1)") }
        if !facts.hasOnlyOffsetEdit {
            problems.append("the edit list does more than take the composition offset away (7.5.13)")
        }
        for fragment in facts.fragments.lazy.filter({ !$0.isClean }).prefix(most) {
            problems.append("the fragment at byte \(fragment.start) \(fragment.problem)")
        }
        return problems.map { StreamRule.cmaf.finding($0, stream) }
    }
}

extension CMAFFacts.FragmentFacts {
    fileprivate var isClean: Bool {
        isPair && hasOneTrack && hasDecodeTime && countsFromMoof && startsWithSync && isSelfContained && isContinuous
    }

    fileprivate var problem: String {
        if !isPair { return "is not followed by its media data (7.3.2.3)" }
        if !hasOneTrack { return "holds more than one track (7.5.16)" }
        if !hasDecodeTime { return "does not say when it is decoded (7.5.16, tfdt)" }
        if !countsFromMoof { return "does not count its data from its own beginning (7.5.16, default-base-is-moof)" }
        if !startsWithSync { return "does not start with a key frame (7.3.2.3)" }
        if !isSelfContained { return "has samples outside of its media data (7.3.2.3)" }
        return "does not begin where the one before ends (7.3.2.2)"
    }
}
