import Foundation
import MezzCore
import MezzPipeline
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("report.html")
struct ReportPageTests {
    @Test func showsEverySection() {
        let page = SampleReport().page()
        for part in ["ladder", "rq", "shots", "time", "crf", "audio", "text", "qc", "cost"] {
            #expect(page.contains("<section id=\"\(part)\""), "\(part)")
            #expect(page.contains("href=\"#\(part)\""), "\(part)")
        }
        for text in ["Passed", "1080p", "avc-1080p-q0", "av1-234p-q4", "kbps", "LKFS", "dBTP", "23.976 fps", "✓ kept"] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(page.count(of: "<svg class=\"rq\"") == 3)
        #expect(page.count(of: "<details class=\"time\"") == 3)
    }

    @Test(
        "is well-formed",
        arguments: [
            SampleReport(), SampleReport(shots: 1, codecs: [.avc], heights: [1080], hasSound: false, hasScores: false),
            SampleReport(
                path: "\"><script>alert(1)</script>\u{0}\u{1B}.mp4", language: "<b>&amp;", message: "]]> <!-- '"),
            SampleReport(shots: 70, passed: false), SampleReport(broken: .nan), SampleReport(broken: .infinity),
            SampleReport(shots: 0, codecs: [], hasSound: false),
        ])
    func isWellFormed(sample: SampleReport) throws {
        let page = sample.page()
        let checker = NestingChecker()
        let parser = XMLParser(data: Data(page.html.utf8))
        parser.delegate = checker
        #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
        #expect(checker.names.contains("main"))
        #expect(checker.strangeNumbers.isEmpty, "\(checker.strangeNumbers.prefix(3))")
        #expect(checker.scripts == 1)
        #expect(checker.references.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:image/jpeg;base64,") })
        #expect(Set(checker.identifiers).count == checker.identifiers.count)
        #expect(
            Set(checker.references.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) })
                .isSubset(of: checker.identifiers))
    }

    @Test func makesTextFromOutsideInert() {
        let attack = "\"><script>alert(1)</script>.mp4"
        let page = SampleReport(path: attack, language: attack, message: attack).page()
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;.mp4"))
        #expect(page.count(of: "<script>") == 1)
    }

    @Test func reachesNothingOutside() {
        let page = SampleReport().page()
        #expect(page.contains("default-src &#39;none&#39;"))
        // The one address is the name of XHTML.
        #expect(page.count(of: "http://") == 1 && !page.contains("https://"))
        #expect(page.contains("xmlns=\"http://www.w3.org/1999/xhtml\""))
        #expect(!page.contains("@import") && !page.contains("url("))
    }

    @Test func isEqualForEqualInput() {
        #expect(SampleReport().page() == SampleReport().page())
    }

    @Test func suitsOneShotWithoutSound() {
        let page = SampleReport(shots: 1, codecs: [.avc], heights: [1080], hasSound: false).page()
        #expect(!page.contains("id=\"audio\"") && !page.contains("id=\"text\""))
        #expect(page.contains("1 shot. Widths"))
        #expect(page.contains("Nothing was found."))
    }

    @Test func takesShotScoresWhereFramesAreMissing() {
        let page = SampleReport(hasScores: false).page()
        #expect(page.contains("<b>VMAF</b> <small>by shot</small>"))
    }

    @Test func putsErrorsFirst() throws {
        let page = SampleReport(passed: false).page()
        let checks = try #require(page.html.range(of: "<section id=\"qc\""))
        let ladder = try #require(page.html.range(of: "<section id=\"ladder\""))
        #expect(checks.lowerBound < ladder.lowerBound)
        #expect(page.contains("Failed"))
        #expect(page.contains("1 error<"))
    }

    @Test func showsPictures() {
        let sample = SampleReport(shots: 3)
        let picture = Data([0xFF, 0xD8, 0xFF, 0xD9])
        let page = SamplePage(
            html: ReportPage(sample.report(), extras: sample.extras(thumbnails: [picture, Data()])).html())
        #expect(page.count(of: "data:image/jpeg;base64,/9j/2Q==") == 1)
        #expect(page.count(of: "class=\"blank\"") == 2)
    }

    @Test("a feature film, and more shots than any film has", .timeLimit(.minutes(1)), arguments: [400, 4000])
    func staysSmall(shots: Int) {
        let sample = SampleReport(
            shots: shots, framesPerShot: 129_600 / shots, codecs: [.avc, .hevc],
            heights: [1080, 900, 720, 540, 360, 234])
        let page = sample.page()
        #expect(page.html.utf8.count < 3_000_000)
        for path in page.html.matches(of: /\sd="(M[^"]*)"/).map(\.1) {
            #expect(path.count { "MLHV".contains($0) } <= 10_000)
        }
    }

    @Test("credits are named with their times, and only where there are any")
    func credits() {
        var sample = SampleReport(shots: 4, codecs: [.avc])
        #expect(!sample.page().html.contains("redits"))
        sample.credits = [
            Credits(kind: .opening, frames: FrameRange(first: 0, end: 24)),
            Credits(kind: .closing, frames: FrameRange(first: sample.frames - 24, end: sample.frames)),
        ]
        let end = sample.page()
        #expect(end.html.contains("Opening credits 0:00 to 0:01, closing credits 0:14 to 0:15"))
    }

    @Test("every CRF of a short title says why") func saysWhy() throws {
        let sample = SampleReport(shots: 8, codecs: [.avc], heights: [1080, 540])
        let page = sample.page()
        let titles = page.html.matches(of: /<td class="d[mp]?\d" title="([^"]*)"/).map { String($0.1) }
        #expect(titles.count == 16)
        for title in titles {
            #expect(title.contains(/^shot \d: CRF \d+\.\d\d, 90 kbps, VMAF \d+\.\d\. [A-Z][a-z ]+\./), "\(title)")
            // The trial encodes on both sides, at 19, 26 and predicted beyond.
            #expect(title.contains("Tried at CRF 19 (") || title.contains("Tried at CRF 26 ("), "\(title)")
            #expect(!title.contains("mezz explain"))
        }
    }

    @Test("a long title's table stays small and names the command that says why") func staysShort() {
        let page = SampleReport(shots: 400, framesPerShot: 24, codecs: [.avc, .hevc]).page()
        #expect(page.contains("<code>mezz explain</code>"))
        #expect(!page.contains("title=\"shot "))
    }

    @Test func keepsDipsVisible() throws {
        let sample = SampleReport(shots: 40, framesPerShot: 200, codecs: [.avc], heights: [1080])
        let report = sample.report()
        var scores = [Float](repeating: 96, count: sample.frames)
        scores[4321] = 20
        let page = ReportPage(
            report, extras: ReportExtras(title: "dip", frameScores: [report.ladder.rungs[0].id: scores])
        ).html()
        let low = try #require(page.firstMatch(of: /class="low" d="([^"]*)"/)).1
        // The axis begins at the dip: its point lies on the lower edge.
        #expect(low.contains(" 1000"))
        #expect(low.count { "ML".contains($0) } == 750)
    }
}

/// Collects what a page consists of.
private final class NestingChecker: NSObject, XMLParserDelegate {
    var names: Set<String> = []
    var identifiers: [String] = []
    var references: [String] = []
    var scripts = 0
    var strangeNumbers: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.insert(name)
        if name == "script" { scripts += 1 }
        if let id = attributes["id"] { identifiers.append(id) }
        for key in ["href", "src"] { if let target = attributes[key] { references.append(target) } }
        for key in ["d", "x", "y", "cx", "width", "height", "transform", "style"] {
            guard let value = attributes[key] else { continue }
            if value.contains("nan") || value.contains("inf") || value.contains("\u{2013}") {
                strangeNumbers.append(value)
            }
        }
    }
}
