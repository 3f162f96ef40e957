import MezzCore
import MezzMetrics
import MezzPixels
import Testing

@Suite("The scoring engine", .timeLimit(.minutes(1)))
struct ScoringEngineTests {
    private static let format = PictureFormat(width: 320, height: 240, bitDepth: 8, chroma: .half)

    @Test("phases keep their order on any number of threads", arguments: [1, 2, 3, 7])
    func order(_ threads: Int) throws {
        var made: [FakeExtractor] = []
        let engine = try Self.engine(threads: threads) { requests, bands in
            made = requests.enumerated().map { index, request in
                FakeExtractor(request, followsTime: request.isMotion, phases: 1 + index * 2, items: bands)
            }
            return made
        }
        let picture = Picture(format: Self.format)
        for _ in 0..<200 { engine.push(reference: picture, distorted: [picture, picture]) }
        let logs = engine.finish()
        #expect(made.allSatisfy { $0.faults.isEmpty })
        #expect(logs.count == 2 && logs[0].frames == Array(0..<200))
        #expect(logs[0]["integer_adm2"] == (0..<200).map(Double.init))
        #expect(logs[1]["integer_adm2"] == (0..<200).map { Double($0) + 0.25 })
        #expect(logs[0]["integer_motion2"] == logs[1]["integer_motion2"])
    }

    @Test("frames that are not scored reach only what follows time")
    func subsampled() throws {
        var made: [FakeExtractor] = []
        let engine = try Self.engine(every: 3, firstFrame: 100) { requests, _ in
            made = requests.map { FakeExtractor($0, followsTime: $0.isMotion) }
            return made
        }
        let picture = Picture(format: Self.format)
        for _ in 0..<10 { engine.push(reference: picture, distorted: [picture, picture]) }
        engine.push(reference: picture)
        let log = engine.finish()[0]
        #expect(log.frames == [100, 103, 106, 109])
        #expect(made.allSatisfy { $0.counts.scored == 4 })
        #expect(made.allSatisfy { $0.counts.all == ($0.followsTime ? 11 : 4) })
        #expect(log["VMAF_integer_feature_motion_sad_score"] == [0, 3, 6, 9])
        #expect(log["integer_motion2"] == [0, 3, 6, 9])
    }

    @Test("the log is in libvmaf's order, each feature once")
    func names() throws {
        let engine = try Self.engine(models: ["vmaf_v0.6.1", "vmaf_v0.6.1neg"]) { requests, _ in
            requests.reversed().map { FakeExtractor($0, followsTime: $0.isMotion) }
        }
        let scales = (0..<4).map(String.init)
        let expected =
            ["integer_adm2"] + scales.map { "integer_adm_scale" + $0 } + ["VMAF_integer_feature_motion_sad_score"]
            + scales.map { "integer_vif_scale" + $0 } + ["integer_adm2_egl_1"]
            + scales.map { "integer_adm_scale\($0)_egl_1" } + scales.map { "integer_vif_scale\($0)_egl_1" }
            + ["integer_motion2", "integer_motion3", "vmaf_v0.6.1", "vmaf_v0.6.1neg"]
        #expect(engine.finish()[0].names == expected)
    }

    @Test("a request for more of the same feature takes the place of the one for less")
    func union() throws {
        var asked: [FeatureRequest] = []
        var options = ADMOptions()
        options.measuresAdditions = true
        _ = try Self.engine(features: [.adm(options), .vif(VIFOptions())]) { requests, _ in
            asked = requests
            return requests.map { FakeExtractor($0) }
        }
        #expect(asked == [.adm(options), .motion(MotionOptions()), .vif(VIFOptions())])
    }

    @Test("one log cannot hold motion of two releases")
    func releases() throws {
        var old = MotionOptions()
        old.arithmetic = .release31
        let failure = #expect(throws: Failure.self) {
            _ = try Self.engine(features: [.motion(old)]) { requests, _ in requests.map { FakeExtractor($0) } }
        }
        #expect(failure?.status == .usage)
        #expect(try Model(named: "vmaf_v0.6.1", motion: .release31).requests.contains(.motion(old)))
    }

    @Test(
        "pictures below a model's smallest size are refused with both sizes",
        arguments: [
            ("vmaf_v0.6.1", 16, 200, "17x17"), ("vmaf_v1.0.16_3d0h", 200, 200, "216"),
            ("vmaf_v1.0.16_5d0h", 264, 264, "266x266"), ("vmaf_v1.0.16_3d0h_2160", 320, 316, "318x318"),
            ("vmaf_v1.0.16_1d5h_2160", 400, 158, "160x160"),
        ])
    func tooSmall(_ name: String, _ width: Int, _ height: Int, _ need: String) throws {
        let format = PictureFormat(width: width, height: height, bitDepth: 8, chroma: .half)
        let failure = #expect(throws: Failure.self) {
            _ = try ScoringEngine(models: [Model(named: name)], format: format) { _, _ in [] }
        }
        #expect(failure?.status == .input)
        #expect(failure?.what.contains("\(width)x\(height)") == true && failure?.what.contains(name) == true)
        #expect(failure?.remedy.contains(need) == true)
    }

    @Test("a model that measures colour refuses grey pictures")
    func grey() throws {
        let format = PictureFormat(width: 1920, height: 1080, bitDepth: 8, chroma: .monochrome)
        let failure = #expect(throws: Failure.self) {
            _ = try ScoringEngine(models: [Model(named: "vmaf_v1.0.16_3d0h")], format: format) { _, _ in [] }
        }
        #expect(failure?.status == .input)
    }

    private static func engine(
        models: [String] = ["vmaf_v0.6.1"], features: [FeatureRequest] = [], threads: Int = 1, every: Int = 1,
        firstFrame: Int = 0, extractors: ([FeatureRequest], Int) -> [any FeatureExtractor]
    ) throws -> ScoringEngine {
        try ScoringEngine(
            models: try models.map { try Model(named: $0) }, features: features, format: format, distorted: 2,
            threads: threads, every: every, firstFrame: firstFrame, extractors: extractors)
    }
}

extension FeatureRequest {
    fileprivate var isMotion: Bool {
        if case .motion = self { true } else { false }
    }
}
