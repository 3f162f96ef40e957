import MezzCore
import MezzIngest
import Testing

@Suite("How a picture is read")
struct PictureReadingTests {
    @Test(
        "bits per sample by pixel format",
        arguments: [
            ("yuv420p", 8), ("yuvj420p", 8), ("yuv410p", 8), ("yuv411p", 8), ("yuva420p", 8), ("gray", 8), ("pal8", 8),
            ("rgb24", 8), ("bgr0", 8), ("nv12", 8), ("nv16", 8), ("nv21", 8), ("nv24", 8), ("rgb565le", 8),
            ("yuv420p9be", 9), ("yuv420p10le", 10), ("yuv422p10be", 10), ("yuva444p10le", 10), ("gbrp10le", 10),
            ("gray10le", 10), ("p010le", 10), ("p210le", 10), ("p410be", 10), ("nv20le", 10), ("y210le", 10),
            ("x2rgb10le", 10), ("xv30le", 10), ("p012le", 12), ("p212le", 12), ("y212le", 12), ("xv36le", 12),
            ("gray12le", 12), ("yuv422p12le", 12), ("gbrp12le", 12), ("xyz12le", 12), ("gray14le", 14), ("p016le", 16),
            ("p216le", 16), ("p416le", 16), ("rgb48le", 16), ("rgba64be", 16), ("gbrap16le", 16), ("ya16le", 16),
            ("", 8), ("le", 8), ("99999999999999999999", 8),
        ])
    func bitDepth(_ format: String, _ depth: Int) async throws {
        var probe = FakeProbe()
        probe.stream = ["pix_fmt": "\"\(format)\""]
        #expect(try await probe.inspect().video.bitDepth == depth)
    }

    @Test(
        "square pixels",
        arguments: [
            ("1:1", "1920x1080"), ("0:1", "1920x1080"), ("N/A", "1920x1080"), ("4:3", "2560x1080"), ("1:2", "960x1080"),
            ("-4:3", "1920x1080"),
        ])
    func pixelShape(_ shape: String, _ size: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["sample_aspect_ratio": "\"\(shape)\""]
        let video = try await probe.inspect().video
        #expect(video.display.description == size)
        #expect(video.filters.isEmpty == (size == "1920x1080"))
    }

    @Test(
        "a hostile pixel shape is refused",
        arguments: ["9223372036854775807:1", "1:9223372036854775807", "2147483647:1"])
    func hostileShape(_ shape: String) async {
        var probe = FakeProbe()
        probe.stream = ["sample_aspect_ratio": "\"\(shape)\""]
        let failure = await #expect(throws: Failure.self) { try await probe.inspect() }
        #expect(failure?.status == .input)
    }

    @Test(
        "quarter turns swap the sides, other angles do not",
        arguments: [
            ("0", "1920x1080"), ("90", "1080x1920"), ("-90", "1080x1920"), ("180", "1920x1080"), ("270", "1080x1920"),
            ("-180", "1920x1080"), ("45", "1920x1080"), ("60", "1920x1080"), ("1e300", "1920x1080"),
            ("-2147483648", "1920x1080"), ("450", "1080x1920"),
        ])
    func rotation(_ degrees: String, _ size: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["side_data_list": #"[{"side_data_type":"Display Matrix","rotation":\#(degrees)}]"#]
        #expect(try await probe.inspect().video.display.description == size)
    }

    @Test(
        "pictures that no encoder takes are refused",
        arguments: [(0, 0), (-1, 1080), (62, 1080), (1920, 63), (8194, 1080), (1 << 40, 1 << 40), (.max, .max)])
    func sizes(_ width: Int, _ height: Int) async {
        var probe = FakeProbe()
        probe.stream = ["width": "\(width)", "height": "\(height)"]
        let failure = await #expect(throws: Failure.self) { try await probe.inspect() }
        #expect(failure?.status == .input)
    }

    @Test(
        "an odd side loses a line, and a finding says so",
        arguments: [("1921", "1080"), ("1920", "1081"), ("1921", "1081")])
    func odd(_ width: String, _ height: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["width": width, "height": height]
        let info = try await probe.inspect()
        #expect(info.video.display.description == "1920x1080")
        #expect(info.video.filters == ["crop=1920:1080:0:0:exact=1"])
        #expect(info.findings.map(\.code) == ["source.odd-size"])
    }

    @Test("interlaced pictures are de-interlaced first", arguments: ["tt", "bb", "tb", "bt"])
    func interlaced(_ order: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["field_order": "\"\(order)\"", "sample_aspect_ratio": "\"4:3\""]
        let info = try await probe.inspect()
        #expect(info.video.filters.first?.hasPrefix("bwdif") == true && info.video.filtersLookBack)
        #expect(info.findings.map(\.code) == ["source.interlaced"])
    }

    @Test("progressive and undeclared pictures are not", arguments: ["progressive", "unknown", ""])
    func progressive(_ order: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["field_order": "\"\(order)\""]
        #expect(try await probe.inspect().video.filters.isEmpty)
    }

    @Test("colour that the source does not know is not made up")
    func color() async throws {
        var probe = FakeProbe()
        probe.stream = [
            "pix_fmt": "\"yuv420p10le\"", "color_primaries": "\"bt2020\"", "color_transfer": "\"smpte2084\"",
            "color_space": "\"unknown\"",
            "color_range": "\"tv\"",
        ]
        let color = try await probe.inspect().video.color
        #expect(color == ColorDescription(primaries: "bt2020", transfer: "smpte2084", matrix: nil, range: "tv"))
        #expect(color.isHighDynamicRange)
    }

    @Test("cover art, still images and sound alone are no picture")
    func noPicture() async {
        for members in [["disposition": #"{"attached_pic":1}"#], ["codec_type": #""audio""#], ["codec_name": "null"]] {
            let failure = await #expect(throws: Failure.self) { try await FakeProbe(stream: members).inspect() }
            #expect(failure?.status == .input)
        }
    }

    @Test("a header that is no JSON is refused")
    func noHeader() async {
        let failure = await #expect(throws: Failure.self) {
            try await FakeProbe(stream: ["width": "\"wide\""]).inspect()
        }
        #expect(failure?.status == .input)
    }
}
