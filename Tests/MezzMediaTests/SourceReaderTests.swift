import MezzCore
import MezzMedia
import Testing

@Suite("Arguments that reach a range of frames")
struct SourceReaderTests {
    @Test("a range from the start is read without a jump")
    func start() {
        let reader = Self.reader()
        let range = FrameRange(first: 0, end: 48)
        #expect(reader.input(for: range) == ["-protocol_whitelist", "file,pipe,fd", "-i", "file:/film.mov"])
        #expect(reader.filters(for: range) == ["trim=start_frame=0:end_frame=48", "settb=1001/24000", "setpts=N"])
    }

    @Test("a later range is jumped to, a little early")
    func middle() {
        let reader = Self.reader(firstFrameSeconds: 0.5)
        let range = FrameRange(first: 24, end: 48)
        // 0.5 + (24 − ⅜) × 1001 / 24000
        #expect(reader.input(for: range).prefix(2) == ["-ss", "1.485359"])
        #expect(reader.filters(for: range) == ["trim=end_frame=24", "settb=1001/24000", "setpts=N"])
    }

    @Test("filters that look back get two seconds before the range, on the file's own clock")
    func lookBack() {
        let reader = Self.reader(filters: ["bwdif"], looksBack: true)
        let range = FrameRange(first: 100, end: 110)
        #expect(reader.input(for: range).prefix(4) == ["-copyts", "-start_at_zero", "-ss", "2.155193"])
        #expect(
            reader.filters(for: range)
                == ["bwdif", "trim=start=4.155193", "trim=end_frame=10", "settb=1001/24000", "setpts=N"])
    }

    @Test("the two seconds do not reach before the file")
    func lookBackAtStart() {
        let reader = Self.reader(filters: ["bwdif"], looksBack: true)
        #expect(reader.input(for: FrameRange(first: 1, end: 3)).contains("0.000000"))
    }

    @Test("a container that cannot seek is read from its beginning")
    func beginning() {
        let reader = Self.reader(seek: .beginning, filters: ["crop=2:2"])
        let range = FrameRange(first: 1000, end: 1001)
        #expect(!reader.input(for: range).contains("-ss"))
        #expect(reader.filters(for: range).prefix(2) == ["crop=2:2", "trim=start_frame=1000:end_frame=1001"])
    }

    @Test("times have six decimals, far into a long title too")
    func farIn() {
        let reader = Self.reader(firstFrameSeconds: 0)
        let arguments = reader.input(for: FrameRange(first: 5_000_000, end: 5_000_001))
        // (5,000,000 − ⅜) × 1001 / 24000
        #expect(arguments.prefix(2) == ["-ss", "208541.651026"])
    }

    @Test("hostile names stay names", arguments: ["-i", "a:b.mov", "http://x/y", "concat:a|b", "%03d.png", "a b'\n"])
    func names(_ name: String) {
        let input = FFmpegCommand.input(name)
        #expect(input.suffix(2) == ["-i", "file:" + name])
        #expect(input.contains("file,pipe,fd"))
    }

    @Test("the picture is named by its stream")
    func label() {
        #expect(Self.reader().label(input: 2) == "[2:1]")
    }

    private static func reader(
        seek: SourceSeek = .container, firstFrameSeconds: Double = 0, filters: [String] = [], looksBack: Bool = false
    ) -> SourceReader {
        let size = Resolution(width: 320, height: 180)
        return SourceReader(
            path: "/film.mov",
            video: VideoStreamInfo(
                stream: 1, codec: "h264", coded: size, display: size,
                frameRate: Rational(24000, 1001) ?? Rational(24), pixelFormat: "yuv420p", bitDepth: 8,
                color: ColorDescription(), filters: filters, filtersLookBack: looksBack, isVariableRate: false,
                firstFrameSeconds: firstFrameSeconds, expectedFrames: 1000),
            seek: seek)
    }
}
