import MezzCore

extension KeyLabel {
    /// The pictures that have this label, in samples; for sound, all counts of channels.
    var samples: ClosedRange<Int> {
        switch self {
        case .audio: 0...CPIXRule.most
        case .sd: 0...768 * 576
        case .hd: 768 * 576 + 1...1920 * 1088
        case .uhd: 1920 * 1088 + 1...CPIXRule.most
        }
    }

    /// What a key for the label must be given to in whole. A rule may end HD at 1920x1080 and UHD at 4K: no title has
    /// anything between its last and the next one's first.
    fileprivate var needed: ClosedRange<Int> {
        switch self {
        case .audio: 1...24
        case .sd: 1...samples.upperBound
        case .hd: samples.lowerBound...1920 * 1080
        case .uhd: samples.lowerBound...3840 * 2160
        }
    }

    /// Where no other key may be asked for.
    fileprivate var own: ClosedRange<Int> { self == .hd ? needed : samples }
}

/// The key of each label, by a document's rules.
enum CPIXContexts {
    /// - Returns: Identifiers of keys; labels that no rule speaks of are left out.
    /// - Throws: `Failure` (`input`) that names the rule which fits no label, or the rules that two keys follow from.
    static func keys(_ rules: [CPIXRule], _ place: CPIXPlace) throws(Failure) -> [KeyLabel: [UInt8]] {
        guard !rules.isEmpty else {
            throw place.failure(
                "the document has no ContentKeyUsageRule: which track takes which key is not said",
                "ask for a document with a ContentKeyUsageRule for each key")
        }
        var keys: [KeyLabel: [UInt8]] = [:]
        for label in KeyLabel.allCases { keys[label] = try key(label, rules) }
        for rule in rules where !KeyLabel.allCases.contains(where: { rule.touches($0) }) {
            throw rule.place.failure("the rule fits no label", remedy)
        }
        return keys
    }

    private static func key(_ label: KeyLabel, _ rules: [CPIXRule]) throws(Failure) -> [UInt8]? {
        let touching = rules.filter { $0.touches(label) }
        guard let first = touching.first else { return nil }
        if let other = touching.first(where: { $0.keyID != first.keyID }) {
            throw other.place.failure(
                "the rule has another key for tracks of the label \(label.rawValue) than \(first.place.short)", remedy)
        }
        let ranges = touching.flatMap { $0.ranges(label) }
        guard covers(ranges, label.needed) else {
            throw first.place.failure("the rule is for some tracks of the label \(label.rawValue) alone", remedy)
        }
        return first.keyID
    }

    private static let remedy =
        "ask for rules whose filters end where labels do: SD up to 442368 samples, HD up to 2088960, UHD above"

    private static func covers(_ ranges: [ClosedRange<Int>], _ wanted: ClosedRange<Int>) -> Bool {
        var next = wanted.lowerBound
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound <= next {
            next = max(next, range.upperBound + 1)
        }
        return next > wanted.upperBound
    }
}

extension CPIXRule {
    fileprivate func ranges(_ label: KeyLabel) -> [ClosedRange<Int>] { label == .audio ? audio : video }

    fileprivate func touches(_ label: KeyLabel) -> Bool { ranges(label).contains { $0.overlaps(label.own) } }
}
