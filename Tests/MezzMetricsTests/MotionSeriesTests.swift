import MezzMetrics
import MezzPixels
import Testing

/// Motion over time, by the engine, from made-up differences between frames.
@Suite("Motion over time")
struct MotionSeriesTests {
    @Test("motion2 is the smaller of the differences on both sides")
    func motion2() throws {
        let log = try Self.log(MotionOptions(), [9, 5, 3, 7, 2])
        #expect(log["integer_motion2"] == [0, 3, 3, 2, 2])
        #expect(log["integer_motion3"] == [5, 3, 3, 2, 2])
    }

    @Test("a single frame does not move")
    func single() throws {
        let log = try Self.log(MotionOptions(), [9])
        #expect(log["integer_motion2"] == [0] && log["integer_motion3"] == [0])
    }

    @Test("a five-frame window looks one frame to each side")
    func fiveFrames() throws {
        var options = MotionOptions()
        options.fiveFrameWindow = true
        options.maximum = 18
        let log = try Self.log(options, [0, 0, 8, 6, 30, 4, 5])
        // min(d(i − 1), d(i + 1)) from the third frame on; the first of those has nothing behind it.
        #expect(log["integer_motion2_mffw_mmxv_18"] == [0, 0, 6, 8, 4, 5, 5])
        #expect(log["integer_motion3_mffw_mmxv_18"] == [8, 8, 6, 8, 4, 5, 5])
    }

    @Test("the moving average takes the value before it was averaged")
    func average() throws {
        var options = MotionOptions()
        options.movingAverage = true
        let log = try Self.log(options, [0, 8, 4, 6, 10])
        #expect(log["integer_motion2_mma"] == [0, 4, 4, 6, 10])
        #expect(log["integer_motion3_mma"] == [8, 6, 4, 5, 8])
    }

    @Test("a limit holds for differences and what follows from them")
    func limit() throws {
        var options = MotionOptions()
        options.maximum = 18
        let log = try Self.log(options, [0, 30, 25, 40])
        #expect(log["VMAF_integer_feature_motion_sad_score_mmxv_18"] == [0, 18, 18, 18])
        #expect(log["integer_motion3_mmxv_18"] == [18, 18, 18, 18])
    }

    @Test("motion forced to zero needs nobody to measure it")
    func zero() throws {
        var options = MotionOptions()
        options.forcesZero = true
        let log = try Self.log(options, [0, 30, 25])
        #expect(log.names == ["integer_motion2_force_0", "integer_motion3_force_0"])
        #expect(log.columns == [[0, 0, 0], [0, 0, 0]])
    }

    /// Frames beyond the range are pushed as the engine asks; the range must score as in the whole.
    @Test("a part scores as in the whole", arguments: [(false, false), (false, true), (true, false), (true, true)])
    func parts(_ fiveFrames: Bool, _ averages: Bool) throws {
        var options = MotionOptions()
        options.fiveFrameWindow = fiveFrames
        options.movingAverage = averages
        let differences = (0..<30).map { Double($0 * 7 % 11) }
        let whole = try Self.log(options, differences)
        let around = ScoringEngine.neighbours(for: [.motion(options)])
        for first in 0..<29 {
            for end in first + 1...30 {
                let read = max(0, first - around.before)..<min(30, end + around.after)
                let part = try Self.log(options, Array(differences[read]), firstFrame: read.lowerBound) {
                    (first..<end).contains($0 + read.lowerBound)
                }
                #expect(part.frames == Array(first..<end))
                for name in part.names where name.contains("motion2") || name.contains("motion3") {
                    #expect(part[name] == whole[name].map { Array($0[first..<end]) })
                }
            }
        }
    }

    private static func log(
        _ options: MotionOptions, _ differences: [Double], firstFrame: Int = 0, scored: (Int) -> Bool = { _ in true }
    ) throws -> FrameScores {
        let format = PictureFormat(width: 16, height: 16, bitDepth: 8, chroma: .half)
        let engine = try ScoringEngine(
            models: [], features: [.motion(options)], format: format, firstFrame: firstFrame
        ) { requests, _ in requests.map { FakeExtractor($0, followsTime: true, script: differences) } }
        let picture = Picture(format: format)
        for frame in differences.indices {
            if scored(frame) {
                engine.push(reference: picture, distorted: [picture])
            } else {
                engine.push(reference: picture)
            }
        }
        return engine.finish()[0]
    }
}
