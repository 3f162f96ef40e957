import Foundation
import MezzCore
import MezzFormats
import MezzQC
import MezzTestKit
import Testing

/// A file that FFmpeg makes for a test, one thing of it changed afterwards, and what must be found then.
struct DamagedStream: CustomTestStringConvertible, Sendable {
    /// How the file is made: options of FFmpeg between its input and the file's name.
    struct Recipe: Sendable {
        var size = "320x192"
        /// Filters, which also name the colours: FFmpeg takes them from the frames.
        var filter = "null"
        var frames = 50
        var options: [String]
        var file = "a.mp4"
    }

    let testDescription: String
    let recipe: Recipe
    /// Codes of the findings, once each, in the order of the alphabet.
    let codes: Set<StreamRule>
    /// Of the first finding.
    let frame: Int?
    let words: String
    let expectation: StreamExpectation
    let change: @Sendable (inout [UInt8]) throws -> Void

    init(
        _ name: String, _ recipe: Recipe, _ codes: Set<StreamRule>, frame: Int? = nil, words: String = "",
        expecting expectation: StreamExpectation = StreamExpectation(),
        change: @escaping @Sendable (inout [UInt8]) throws -> Void = { _ in }
    ) {
        testDescription = name
        self.recipe = recipe
        self.codes = codes
        self.frame = frame
        self.words = words
        self.expectation = expectation
        self.change = change
    }

    /// Makes the file and gives its bytes, not yet damaged.
    func make(_ folder: TestFolder) async throws -> [UInt8] {
        let source = "testsrc2=s=\(recipe.size):r=25"
        let path = try await MediaMaker(in: folder).make(
            recipe.file,
            [
                "-f", "lavfi", "-i", source, "-frames:v", String(recipe.frames), "-vf", recipe.filter, "-pix_fmt",
                "yuv420p",
            ]
                + recipe.options)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func findings(_ bytes: [UInt8]) throws -> [Finding] {
        try StreamAnalyzer.analyze(bytes, name: "v", expecting: expectation).findings
    }
}

extension DamagedStream.Recipe {
    /// AVC with B-frames and a key frame every 25 pictures.
    static let avc = x264("")
    static let hevc = x265("")

    static func x264(_ parameters: String, _ more: [String] = []) -> Self {
        Self(
            options: ["-c:v", "libx264", "-preset", "veryfast", "-x264-params", keys + ":threads=1" + parameters] + more
        )
    }

    static func x265(_ parameters: String, _ more: [String] = []) -> Self {
        Self(
            options: [
                "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
                keys + ":log-level=error:pools=1:frame-threads=1:open-gop=0" + parameters,
            ] + more)
    }

    /// Each group of pictures in a fragment of its own.
    var fragmented: Self { with(["-movflags", "cmaf+frag_keyframe"]) }

    func with(_ more: [String]) -> Self {
        var recipe = self
        recipe.options += more
        return recipe
    }

    /// Names colours by FFmpeg's names of primaries, curve and matrix.
    func colored(_ primaries: String, _ curve: String, _ matrix: String) -> Self {
        filtered("setparams=color_primaries=\(primaries):color_trc=\(curve):colorspace=\(matrix)")
    }

    func filtered(_ filter: String) -> Self {
        var recipe = self
        recipe.filter = filter
        return recipe
    }

    private static let keys = "keyint=25:min-keyint=25:scenecut=0"
}
