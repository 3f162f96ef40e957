package import MezzCore

/// A DASH manifest (ISO/IEC 23009-1), as far as mezz writes and checks it.
package struct MediaPresentation: Hashable, Sendable {
    package let type: String?
    package let profiles: String?
    package let durationSeconds: Double?
    package let minBufferSeconds: Double?
    package let baseURLs: [String]
    package let periods: [Period]

    package struct Period: Hashable, Sendable {
        package let id: String?
        package let startSeconds: Double?
        package let durationSeconds: Double?
        package let baseURLs: [String]
        package let adaptationSets: [AdaptationSet]
    }

    package struct AdaptationSet: Hashable, Sendable {
        package let id: String?
        /// "video", "audio" or "text", from `contentType` or else from the media type.
        package let contentType: String?
        package let language: String?
        package let segmentAlignment: Bool
        package let subsegmentAlignment: Bool
        package let startWithSAP: Int?
        package let subsegmentStartsWithSAP: Int?
        package let baseURLs: [String]
        package let representations: [Representation]
    }

    /// A representation, with what it inherits from its adaptation set filled in.
    package struct Representation: Hashable, Sendable {
        package let id: String
        package let bandwidth: Int?
        package let codecs: String?
        package let mimeType: String?
        package let width: Int?
        package let height: Int?
        package let frameRate: Rational?
        package let baseURLs: [String]
        package let segmentBase: SegmentBase?
        package let segmentTemplate: SegmentTemplate?
    }

    package struct SegmentBase: Hashable, Sendable {
        package let indexRange: Range<Int>?
        package let timescale: Int
        package let initialization: Range<Int>?
    }
}

extension MediaPresentation {
    /// Segments of all representations together after which a manifest is refused: a shared timeline counts for each
    /// of them, so a short text can stand for more than memory holds.
    private static let segmentLimit = 2_000_000

    /// Reads a manifest.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> MediaPresentation {
        let root = try XMLTreeReader.read(bytes)
        guard root.name == "MPD" else { throw FormatError(.invalid, "the root is not MPD", at: 0) }
        var periods: [Period] = []
        var budget = segmentLimit
        for element in root.all("Period") { periods.append(try Period(element, &budget)) }
        return MediaPresentation(
            type: root.attributes["type"], profiles: root.attributes["profiles"],
            durationSeconds: root.seconds("mediaPresentationDuration"), minBufferSeconds: root.seconds("minBufferTime"),
            baseURLs: root.baseURLs, periods: periods)
    }
}

extension MediaPresentation.Period {
    fileprivate init(_ element: XMLElement, _ budget: inout Int) throws(FormatError) {
        var sets: [MediaPresentation.AdaptationSet] = []
        for child in element.all("AdaptationSet") { sets.append(try MediaPresentation.AdaptationSet(child, &budget)) }
        self.init(
            id: element.attributes["id"], startSeconds: element.seconds("start"),
            durationSeconds: element.seconds("duration"), baseURLs: element.baseURLs, adaptationSets: sets)
    }
}

extension MediaPresentation.AdaptationSet {
    fileprivate init(_ element: XMLElement, _ budget: inout Int) throws(FormatError) {
        var representations: [MediaPresentation.Representation] = []
        for child in element.all("Representation") {
            let representation = try MediaPresentation.Representation(child, in: element)
            budget -= 1 + (representation.segmentTemplate?.timeline.count ?? 0)
            guard budget >= 0 else { throw FormatError(.tooLarge, "a manifest with too many segments", at: 0) }
            representations.append(representation)
        }
        let mimeType = element.attributes["mimeType"] ?? representations.first?.mimeType
        self.init(
            id: element.attributes["id"],
            contentType: element.attributes["contentType"] ?? mimeType?.split(separator: "/").first.map(String.init),
            language: element.attributes["lang"], segmentAlignment: element.flag("segmentAlignment"),
            subsegmentAlignment: element.flag("subsegmentAlignment"), startWithSAP: element.number("startWithSAP"),
            subsegmentStartsWithSAP: element.number("subsegmentStartsWithSAP"), baseURLs: element.baseURLs,
            representations: representations)
    }
}

extension MediaPresentation.Representation {
    fileprivate init(_ element: XMLElement, in set: XMLElement) throws(FormatError) {
        func inherited(_ name: String) -> String? { element.attributes[name] ?? set.attributes[name] }
        let base = element.first("SegmentBase") ?? set.first("SegmentBase")
        let template = element.first("SegmentTemplate") ?? set.first("SegmentTemplate")
        var segmentTemplate: SegmentTemplate?
        if let template { segmentTemplate = try SegmentTemplate(template) }
        self.init(
            id: element.attributes["id"] ?? "", bandwidth: element.number("bandwidth"), codecs: inherited("codecs"),
            mimeType: inherited("mimeType"), width: inherited("width").flatMap { Int($0) },
            height: inherited("height").flatMap { Int($0) },
            frameRate: inherited("frameRate").flatMap { Rational(text: $0) }, baseURLs: element.baseURLs,
            segmentBase: base.map { base in
                MediaPresentation.SegmentBase(
                    indexRange: base.attributes["indexRange"].flatMap { Range(inclusive: $0) },
                    timescale: base.number("timescale") ?? 1,
                    initialization: base.first("Initialization")?.attributes["range"].flatMap { Range(inclusive: $0) })
            }, segmentTemplate: segmentTemplate)
    }
}

extension XMLElement {
    func number(_ name: String) -> Int? { attributes[name].flatMap { Int($0) } }
    fileprivate func flag(_ name: String) -> Bool { attributes[name] == "true" || attributes[name] == "1" }
    fileprivate func seconds(_ name: String) -> Double? { attributes[name].flatMap(Duration8601.seconds) }
    fileprivate var baseURLs: [String] {
        all("BaseURL").map { $0.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
}
