import MezzCore
import MezzIngest
import Testing

@Suite("The frame rate")
struct FrameRateTests {
    @Test(
        "is the one on whose grid the pictures lie, whatever the container's clock rounds",
        arguments: [(24000, 1001), (24, 1), (25, 1), (30000, 1001), (50, 1), (60000, 1001), (120, 1)]
            as [(Int64, Int64)])
    func constant(_ top: Int64, _ bottom: Int64) async throws {
        let rate = try #require(Rational(top, bottom))
        // Times as a millisecond clock writes them, over ten minutes' worth of a grid.
        let times = FakeProbe.grid(2000, rate: rate.value).map { ($0 * 1000).rounded() / 1000 }
        var probe = FakeProbe(times: times)
        probe.stream = ["r_frame_rate": "\"\(rate)\"", "avg_frame_rate": "\"\(rate)\""]
        let video = try await probe.inspect().video
        #expect(video.frameRate == rate && !video.isVariableRate && video.expectedFrames == 2000)
        #expect(video.filters.isEmpty && !video.filtersLookBack)
    }

    @Test(
        "is found from the times where the header is wrong",
        arguments: ["\"0/0\"", "\"1000/1\"", "\"90000/1\"", "null"])
    func headerWrong(_ declared: String) async throws {
        var probe = FakeProbe(times: FakeProbe.grid(250, rate: 25))
        probe.stream = ["r_frame_rate": declared, "avg_frame_rate": declared]
        let video = try await probe.inspect().video
        #expect(video.frameRate == Rational(25) && !video.isVariableRate)
    }

    @Test(
        "rounded headers mean the broadcast rate",
        arguments: [("\"2997/100\"", 30000), ("\"23976/1000\"", 24000), ("\"5994/100\"", 60000)] as [(String, Int64)])
    func snapped(_ declared: String, _ top: Int64) async throws {
        let rate = try #require(Rational(top, 1001))
        var probe = FakeProbe(times: FakeProbe.grid(100, rate: rate.value))
        probe.stream = ["r_frame_rate": declared, "avg_frame_rate": declared]
        #expect(try await probe.inspect().video.frameRate == rate)
    }

    @Test("a dropped picture makes it variable: the rest would be shown early")
    func dropped() async throws {
        var times = FakeProbe.grid(240, rate: 24)
        times.remove(at: 100)
        let info = try await FakeProbe(times: times).inspect()
        #expect(info.video.isVariableRate && info.video.filtersLookBack)
        #expect(info.video.frameRate == Rational(24))
        #expect(info.video.filters == ["fps=fps=24/1"])
        #expect(info.video.expectedFrames == 240)
        #expect(info.findings.map(\.code) == ["source.variable-rate"])
    }

    @Test("pauses do not lower the grid that a variable rate is put on")
    func pauses() async throws {
        var times: [Double] = []
        for block in 0..<10 { times += FakeProbe.grid(20, rate: 30, from: Double(block) * 5) }
        let video = try await FakeProbe(times: times).inspect().video
        #expect(video.isVariableRate && video.frameRate == Rational(30))
    }

    @Test("pictures in any order of packets are the same pictures")
    func reordered() async throws {
        var times = FakeProbe.grid(48, rate: 24)
        for group in stride(from: 1, to: 44, by: 3) { times.swapAt(group, group + 2) }
        #expect(try await !FakeProbe(times: times).inspect().video.isVariableRate)
    }

    @Test("the first picture's time counts from the file's start")
    func start() async throws {
        var probe = FakeProbe(times: FakeProbe.grid(48, rate: 24, from: 1.5))
        probe.format = ["start_time": "\"1.4\""]
        #expect(abs(try await probe.inspect().video.firstFrameSeconds - 0.1) < 1e-9)
    }

    @Test("without a clock the declared rate counts")
    func untimed() async throws {
        let probe = FakeProbe(packetLines: (0..<10).map { _ in "0,N/A,N/A" })
        let video = try await probe.inspect().video
        #expect(video.frameRate == Rational(24) && video.expectedFrames == 10)
    }

    @Test(
        "hostile clocks are refused or read, and never trap",
        arguments: [
            ["0,0,0", "0,9223372036854775807.000000,0"],
            ["0,-9223372036854775808,0", "0,9223372036854775807,0", "0,1,0"],
            ["0,inf,0", "0,-inf,0", "0,0,0"], ["0,nan,nan", "0,1,1"], ["0,1e308,1e308", "0,-1e308,1"],
            ["0,0,0", "0,0,0", "0,0,0"], ["0,0,0", "0,0.000001,0"], ["garbage", ",,,", "0", "0,0,0", "0,1,1"],
            ["99999999999999999999,1,1", "0,0,1", "0,1,1"],
        ])
    func hostile(_ lines: [String]) async {
        do {
            let video = try await FakeProbe(packetLines: lines).inspect().video
            #expect(video.expectedFrames >= 0 && video.firstFrameSeconds.isFinite)
        } catch let failure as Failure {
            #expect(failure.status == .input)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test(
        "hostile rates are refused or replaced",
        arguments: ["\"1/2147483647\"", "\"2147483647/1\"", "\"-24/1\"", "\"1/9223372036854775807\"", "\"x\""])
    func hostileRate(_ rate: String) async {
        for lines in [["0,0,0.04"], ["0,N/A,N/A", "0,N/A,N/A"]] {
            var probe = FakeProbe(packetLines: lines)
            probe.stream = ["r_frame_rate": rate, "avg_frame_rate": rate]
            let failure = await #expect(throws: Failure.self) { try await probe.inspect() }
            #expect(failure?.status == .input)
        }
    }
}

@Suite("Completeness")
struct CompletenessTests {
    @Test("fewer pictures than the header promises is a cut-off file")
    func tooFew() async {
        var probe = FakeProbe()
        probe.stream = ["nb_frames": "\"49\""]
        let failure = await #expect(throws: Failure.self) { try await probe.inspect() }
        #expect(failure?.status == .input)
        #expect(failure?.what == "is cut off: 48 of 49 pictures are there")
    }

    @Test("more pictures than the header promises is not", arguments: ["\"48\"", "\"47\"", "\"0\"", "\"x\"", "null"])
    func enough(_ promised: String) async throws {
        var probe = FakeProbe()
        probe.stream = ["nb_frames": promised]
        #expect(try await probe.inspect().video.expectedFrames == 48)
    }

    @Test(
        "a file that ends well before its duration is cut off",
        arguments: [("2.0", true), ("2.9", true), ("3.2", false), ("100", false)])
    func tooShort(_ duration: String, _ passes: Bool) async {
        var probe = FakeProbe()
        probe.format = ["duration": "\"\(duration)\""]
        if passes {
            await #expect(throws: Never.self) { _ = try await probe.inspect() }
        } else {
            let failure = await #expect(throws: Failure.self) { try await probe.inspect() }
            #expect(failure?.what.hasPrefix("is cut off: it ends at 2.0 s of") == true)
        }
    }

    @Test("no picture at all is refused")
    func none() async {
        let failure = await #expect(throws: Failure.self) { try await FakeProbe(times: []).inspect() }
        #expect(failure?.status == .input)
    }
}
