import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import MezzText
import Testing

@Suite("Shown by a browser", .serialized, .enabled("no chromium") { TextTestTools.chromium != nil })
struct BrowserTests {
    /// What Chromium makes of a track.
    private struct Cue: Decodable {
        let id: String
        let start: Double
        let end: Double
        let text: String
        let line: String
        let position: String
        let size: Double
        let align: String
        let vertical: String
        let ruby: Int
        let italic: Int
        let color: String
    }

    private static let script = """
        const track = document.createElement('track');
        track.kind = 'subtitles';
        const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
        track.src = URL.createObjectURL(new Blob([bytes], {type: 'text/vtt'}));
        const said = document.getElementById('said');
        const say = value => { said.textContent = btoa(unescape(encodeURIComponent(value))); };
        track.onerror = () => say('[]');
        track.onload = () => say(JSON.stringify([...track.track.cues].map(cue => {
            const html = cue.getCueAsHTML();
            return {id: cue.id, start: cue.startTime, end: cue.endTime, line: String(cue.line),
                position: String(cue.position), size: cue.size, align: cue.align, vertical: cue.vertical,
                ruby: html.querySelectorAll('rt').length, italic: html.querySelectorAll('i').length,
                color: [...html.querySelectorAll('span')].map(span => span.className).join(' '),
                text: html.textContent};
        })));
        document.getElementById('video').appendChild(track);
        track.track.mode = 'showing';
        """

    private static func cues(of bytes: [UInt8], in folder: TestFolder) async throws -> [Cue] {
        let page = """
            <!doctype html><meta charset="utf-8"><pre id="said"></pre><video id="video"></video>
            <script>const data = '\(Data(bytes).base64EncodedString())';\n\(script)</script>
            """
        try folder.write(Data(page.utf8), to: "page.html")
        let answer = try await ClientRunner(path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").run(
            ClientCommand(
                "chromium",
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder("profile"),
                    "--virtual-time-budget=10000", "--dump-dom", "file://" + folder("page.html"),
                ], seconds: 120))
        let dom = String(decoding: answer.output, as: UTF8.self)
        guard let said = dom.firstMatch(of: #/<pre id="said">([^<]+)<\/pre>/#),
            let data = Data(base64Encoded: String(said.1))
        else { return [] }
        return try JSONDecoder().decode([Cue].self, from: data)
    }

    @Test("a thousand cues over IMSC, with their times and words")
    func thousand() async throws {
        let cues = Sample.cues(1000)
        let imsc = TextOutput.ttml.write(TimedText(cues: cues, language: "en")).bytes
        let text = try TextReader.parse(imsc, as: .ttml, place: "imsc").text
        try await TestFolder.with { folder in
            let shown = try await Self.cues(of: TextOutput.vtt.write(text).bytes, in: folder)
            #expect(shown.map { Int(($0.start * 1000).rounded()) } == cues.map(\.start))
            #expect(shown.map { Int(($0.end * 1000).rounded()) } == cues.map(\.end))
            #expect(shown.map(\.text) == cues.map(\.text))
            #expect(shown.map { $0.italic > 0 } == cues.map { $0.runs[0].style.isItalic })
        }
    }

    @Test("place, direction, colour and ruby")
    func looks() async throws {
        let reading = try Sample.ttml(
            Sample.document(
                head: """
                    <layout><region xml:id="top" tts:origin="10% 5%" tts:extent="60% 20%" tts:textAlign="start"/>
                    <region xml:id="side" tts:origin="80% 10%" tts:extent="10% 80%" tts:writingMode="tbrl"/></layout>
                    """,
                body: """
                    <body><div><p xml:id="one" begin="0.04s" end="1s" region="top"><span tts:color="yellow">a</span>
                    &lt;b&gt;</p><p xml:id="two" begin="1s" end="2s" region="side"><span tts:ruby="container">\
                    <span tts:ruby="base">漢</span><span tts:ruby="text">かん</span></span></p></div></body>
                    """))
        try await TestFolder.with { folder in
            let shown = try await Self.cues(of: TextOutput.vtt.write(reading.text).bytes, in: folder)
            #expect(shown.map(\.id) == ["one", "two"])
            #expect(shown.map(\.start) == [0.04, 1])
            #expect(shown.map(\.line) == ["5", "84.67"])
            #expect(shown.map(\.position) == ["10", "10"])
            #expect(shown.map(\.size) == [60, 80])
            #expect(shown.map(\.align) == ["start", "start"])
            #expect(shown.map(\.vertical) == ["", "rl"])
            #expect(shown.map(\.ruby) == [0, 1])
            #expect(shown.first?.text == "a <b>")
            #expect(shown.first?.color == "yellow")
        }
    }

    @Test(
        "every real file that converts",
        .enabled("no ../shared/media beside the checkout") { TextTestTools.mediaIsHere })
    func real() async throws {
        for path in RealTexts.files {
            if !TextTestTools.ttconvIsHere, path.hasSuffix(".stl") || path.hasSuffix(".scc") { continue }
            let text = try await TextReader { try await TextTestTools.runner() }.read(path).text
            try await TestFolder.with { folder in
                let shown = try await Self.cues(of: TextOutput.vtt.write(text).bytes, in: folder)
                let wanted = text.cues.map(\.start).sorted()
                #expect(shown.map { Int(($0.start * 1000).rounded()) } == wanted, "\(path)")
            }
        }
    }
}
