import MezzCore

/// Which pictures and which sound a rule gives its key to (CPIX 2.3, sections 5.2.12 and 5.2.13): ranges of samples a
/// picture, and of channels.
struct CPIXRule {
    let keyID: [UInt8]
    let video: [ClosedRange<Int>]
    let audio: [ClosedRange<Int>]
    let place: CPIXPlace

    /// CPIX's own upper end.
    static let most = Int(UInt32.max)
    private static let everything = [0...most]

    /// Names of tracks that need no filter, as SPEKE's contracts and packagers have them.
    /// UHD2 begins above 4096x2160 (SPEKE API v2.0, "Encryption contract").
    private static let types: [String: (video: [ClosedRange<Int>], audio: [ClosedRange<Int>])] = [
        "AUDIO": ([], everything), "VIDEO": (everything, []), "ALL": (everything, everything),
        "SD": ([KeyLabel.sd.samples], []), "HD": ([KeyLabel.hd.samples], []), "UHD": ([KeyLabel.uhd.samples], []),
        "UHD1": ([KeyLabel.uhd.samples.lowerBound...4096 * 2160], []), "UHD2": ([4096 * 2160 + 1...most], []),
    ]

    /// - Throws: `Failure` (`input`) that names the rule which cannot be followed.
    static func all(_ root: CPIXElement, _ place: CPIXPlace) throws(Failure) -> [CPIXRule] {
        let periods = root.first("cpix:ContentKeyPeriodList")?.all("cpix:ContentKeyPeriod") ?? []
        guard periods.count < 2 else {
            throw place.of(periods[1], 2).failure(
                "the document has \(periods.count) periods: keys that change over time are not delivered",
                "ask for a document with one key for each kind of track")
        }
        let elements = root.first("cpix:ContentKeyUsageRuleList")?.all("cpix:ContentKeyUsageRule") ?? []
        var rules: [CPIXRule] = []
        for (number, element) in elements.enumerated() {
            rules.append(try CPIXRule(element, period: periods.first?["id"], place.of(element, number + 1)))
        }
        return rules
    }

    private init(_ element: CPIXElement, period: String?, _ place: CPIXPlace) throws(Failure) {
        self.place = place
        keyID = try place.keyID(element)
        for filter in element.all("cpix:KeyPeriodFilter") where filter["periodId"] != period || period == nil {
            throw place.failure("the rule is of a period that is not there", "ask for a document without periods")
        }
        let known = ["cpix:KeyPeriodFilter", "cpix:VideoFilter", "cpix:AudioFilter"]
        if let other = element.children.first(where: { !known.contains($0.name) }) {
            let name = other.name.split(separator: ":").last.map(String.init) ?? other.name
            throw place.failure(
                "the rule has a filter that cannot be followed: \(name.printable)",
                "ask for rules with VideoFilter by samples, AudioFilter and intendedTrackType")
        }
        let filtered = try Self.filtered(element, place)
        let typed = try Self.typed(element["intendedTrackType"], isFiltered: filtered != nil, place)
        let whole = (video: Self.everything, audio: Self.everything)
        video = Self.common(filtered?.video ?? whole.video, typed?.video ?? whole.video)
        audio = Self.common(filtered?.audio ?? whole.audio, typed?.audio ?? whole.audio)
        guard !video.isEmpty || !audio.isEmpty else {
            throw place.failure("the rule's filters and its intendedTrackType have nothing in common", "mend the rule")
        }
    }

    /// Several types are joined by "+" (SPEKE API v2.0, "Encryption contract"). With filters a type is a remark that
    /// may say anything; without, it must say which tracks are meant.
    private static func typed(
        _ text: String?, isFiltered: Bool, _ place: CPIXPlace
    ) throws(Failure) -> (video: [ClosedRange<Int>], audio: [ClosedRange<Int>])? {
        let parts = (text ?? "").split(separator: "+").map { types[String($0)] }
        if !parts.isEmpty, parts.allSatisfy({ $0 != nil }) {
            return (parts.flatMap { $0?.video ?? [] }, parts.flatMap { $0?.audio ?? [] })
        }
        guard isFiltered else {
            throw place.failure(
                "the rule has no filter, and no intendedTrackType that says which tracks are meant",
                "use one of \(types.keys.sorted().joined(separator: ", "))")
        }
        return nil
    }

    /// Filters of the same kind add up. Those of pictures and of sound do too, though CPIX would have both at once,
    /// which no track fits: SPEKE's contract for all tracks has both.
    private static func filtered(
        _ element: CPIXElement, _ place: CPIXPlace
    ) throws(Failure) -> (video: [ClosedRange<Int>], audio: [ClosedRange<Int>])? {
        let (pictures, sounds) = (element.all("cpix:VideoFilter"), element.all("cpix:AudioFilter"))
        guard !pictures.isEmpty || !sounds.isEmpty else { return nil }
        var (video, audio): ([ClosedRange<Int>], [ClosedRange<Int>]) = ([], [])
        for filter in pictures { video.append(try range(filter, "minPixels", "maxPixels", place)) }
        for filter in sounds { audio.append(try range(filter, "minChannels", "maxChannels", place)) }
        return (video, audio)
    }

    private static func range(
        _ filter: CPIXElement, _ least: String, _ most: String, _ place: CPIXPlace
    ) throws(Failure) -> ClosedRange<Int> {
        if let other = filter.attributes.keys.sorted().first(where: { $0 != least && $0 != most }) {
            throw place.failure(
                "the rule tells tracks apart by \(other.printable)", "ask for rules by samples a picture alone")
        }
        let low = filter[least].map { Int($0) } ?? 0
        let high = filter[most].map { Int($0) } ?? Self.most
        guard let low, let high, low >= 0, low <= high else {
            throw place.failure("\(least) and \(most) are no range", "write whole numbers, the smaller one first")
        }
        return low...high
    }

    private static func common(_ first: [ClosedRange<Int>], _ second: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        first.flatMap { one in second.filter { $0.overlaps(one) }.map { $0.clamped(to: one) } }
    }
}
