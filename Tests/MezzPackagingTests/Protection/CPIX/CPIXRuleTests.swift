import Foundation
import MezzCore
import MezzPackaging
import Testing

@Suite("Rules in CPIX")
struct CPIXRuleTests {
    /// The labels that a document gives to one key and to another.
    private static func labels(_ first: String, _ second: String) throws -> [Set<KeyLabel>] {
        var sample = CPIXSample()
        sample.rules = [(CPIXSample.audio, first), (CPIXSample.picture, second)].map { kid, rule in
            rule.split(separator: ";").map { part in
                let halves = part.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                return CPIXSample.rule(kid, #"intendedTrackType="\#(halves[0])""#, halves.count > 1 ? halves[1] : "")
            }.joined()
        }.joined()
        let ids = try sample.read().ring.protection.keyIDs
        return [CPIXSample.audio, CPIXSample.picture].map { kid in
            Set(ids.filter { $0.value == kid.replacing("-", with: "") }.keys)
        }
    }

    static let matches: [(String, String, [Set<KeyLabel>])] = [
        ("AUDIO", "VIDEO", [[.audio], [.sd, .hd, .uhd]]),
        ("AUDIO+SD", "HD+UHD", [[.audio, .sd], [.hd, .uhd]]),
        ("AUDIO", "SD;HD", [[.audio], [.sd, .hd]]),
        ("SD", "UHD1", [[.sd], [.uhd]]),
        ("SD", "UHD1;UHD2", [[.sd], [.uhd]]),
        ("SD|<VideoFilter/>", "HD|<VideoFilter/>", [[.sd], [.hd]]),
        ("my sound|<AudioFilter/>", #"x|<VideoFilter minPixels="442369"/>"#, [[.audio], [.hd, .uhd]]),
        // HD may end at 1080 lines or at 1088, UHD at 4K, SD begin at a sample.
        (
            #"|<VideoFilter minPixels="1" maxPixels="442368"/>"#,
            #"|<VideoFilter minPixels="442369" maxPixels="2073600"/>;|<AudioFilter minChannels="1" maxChannels="64"/>"#,
            [[.sd], [.audio, .hd]]
        ),
        (#"|<VideoFilter maxPixels="2088960"/>"#, #"|<VideoFilter minPixels="2088961"/>"#, [[.sd, .hd], [.uhd]]),
        (
            #"|<VideoFilter maxPixels="2073600"/>"#, #"|<VideoFilter minPixels="2073601" maxPixels="8847360"/>"#,
            [[.sd, .hd], [.uhd]]
        ),
        // Two parts that make a whole, and filters of one rule that add up.
        (
            #"|<AudioFilter maxChannels="2"/>;|<AudioFilter minChannels="3"/>"#,
            #"|<VideoFilter maxPixels="1000"/><VideoFilter minPixels="1001"/>"#, [[.audio], [.sd, .hd, .uhd]]
        ),
    ]

    @Test("give each label its key", arguments: matches.indices)
    func fitting(_ number: Int) throws {
        let (first, second, expected) = Self.matches[number]
        #expect(try Self.labels(first, second) == expected)
    }

    @Test("give all tracks one key where there is one")
    func one() throws {
        var sample = CPIXSample()
        sample.keys.removeFirst()
        sample.rules = CPIXSample.rule(CPIXSample.picture, #"intendedTrackType="ALL""#, "<VideoFilter/><AudioFilter/>")
        #expect(Set(try sample.read().ring.protection.keyIDs.keys) == Set(KeyLabel.allCases))
        sample.periods = #"<ContentKeyPeriodList><ContentKeyPeriod id="p" index="1"/></ContentKeyPeriodList>"#
        sample.rules = CPIXSample.rule(
            CPIXSample.picture, "", #"<KeyPeriodFilter periodId="p"/><VideoFilter/><AudioFilter/>"#)
        #expect(try sample.read().ring.protection.keyIDs.count == 4)
    }

    static let misfits: [(String, String, what: String, place: String)] = [
        ("AUDIO", "AUDIO", "another key", "ContentKeyUsageRule 2"),
        ("UHD1", "UHD2", "another key", "ContentKeyUsageRule 2"),
        ("ALL", "SD", "another key", "ContentKeyUsageRule 2"),
        ("AUDIO", "UHD2", "some tracks of the label UHD", "ContentKeyUsageRule 2"),
        ("AUDIO", #"SD|<VideoFilter maxPixels="300000"/>"#, "some tracks of the label SD", "ContentKeyUsageRule 2"),
        // 1024x576 is SD to these rules and HD here.
        (#"|<VideoFilter maxPixels="589824"/>"#, #"|<VideoFilter minPixels="589825"/>"#, "another key", "Rule 2"),
        (#"|<VideoFilter maxPixels="442368"/>"#, #"|<VideoFilter minPixels="442368"/>"#, "another key", "Rule 2"),
        (
            #"|<AudioFilter maxChannels="2"/>"#, #"|<AudioFilter minChannels="3"/>"#, "another key",
            "ContentKeyUsageRule 2"
        ),
        ("AUDIO", #"|<AudioFilter minChannels="30" maxChannels="2"/>"#, "range", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<VideoFilter minPixels="-1"/>"#, "range", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<VideoFilter maxPixels="99999999999999999999"/>"#, "range", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<VideoFilter hdr="true"/>"#, "hdr", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<BitrateFilter maxBitrate="1"/>"#, "BitrateFilter", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<LabelFilter label="x"/><VideoFilter/>"#, "LabelFilter", "ContentKeyUsageRule 2"),
        ("AUDIO", "HDR", "intendedTrackType", "ContentKeyUsageRule 2"),
        ("AUDIO", "", "intendedTrackType", "ContentKeyUsageRule 2"),
        ("AUDIO", "SD|<AudioFilter/>", "nothing in common", "ContentKeyUsageRule 2"),
        ("AUDIO", #"|<VideoFilter minPixels="2073601" maxPixels="2088960"/>"#, "fits no label", "Rule 2"),
    ]

    @Test("that fit no label, or leave its key open, are refused by name", arguments: misfits.indices)
    func refused(_ number: Int) {
        let (first, second, what, place) = Self.misfits[number]
        let failure = #expect(throws: Failure.self) { try Self.labels(first, second.isEmpty ? "|" : second) }
        #expect(failure?.what.contains(what) == true, "\(failure?.what ?? "")")
        #expect(failure?.place.contains(place) == true, "\(failure?.place ?? "")")
    }
}
