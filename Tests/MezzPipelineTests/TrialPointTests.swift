import MezzPipeline
import Testing

@Suite("What a trial encode says of the stretch it stands for")
struct TrialPointTests {
    /// 48 frames at 24 frames/s: one key frame of 10,000 bytes, 47 others of 1,000.
    private let point = TrialPoint(
        frames: 48, keyFrames: 1, bytes: 57_000, keyBytes: 10_000, mean: 90, harmonicMean: 89)

    @Test("a stretch like the window takes what the window took")
    func same() {
        #expect(point.bps(frames: 48, keyFrames: 1, seconds: 2) == 57_000 * 8 / 2)
    }

    @Test("a longer one does not pay for the window's key frame over and over")
    func longer() {
        #expect(point.bps(frames: 192, keyFrames: 2, seconds: 8) == Double(2 * 10_000 + 190 * 1_000) * 8 / 8)
    }

    @Test("a window of key frames alone, or a stretch of one frame, is no division by zero")
    func extremes() {
        let still = TrialPoint(frames: 1, keyFrames: 1, bytes: 5_000, keyBytes: 5_000, mean: 90, harmonicMean: 90)
        #expect(still.bps(frames: 3, keyFrames: 1, seconds: 3) == 5_000 * 8)
        #expect(point.bps(frames: 1, keyFrames: 1, seconds: 1) == 10_000 * 8)
        let unknown = TrialPoint(frames: 4, keyFrames: 0, bytes: 400, keyBytes: 0, mean: 90, harmonicMean: 90)
        #expect(unknown.bps(frames: 8, keyFrames: 1, seconds: 1) == 800 * 8)
    }
}
