import Foundation
import MezzCore
import MezzMetrics
import Testing

@Suite("Logs as libvmaf writes them")
struct LogWriterTests {
    private static let scores = FrameScores(
        frames: [0, 2], names: ["integer_adm2", "vmaf"], columns: [[1.000_000_273_819_226_4, 0.25], [97.5, 0]])
    private static let writer = LibvmafLogWriter(version: "mezz \"1\"", speed: 12.345)

    @Test("JSON")
    func json() {
        #expect(
            Self.writer.text(Self.scores, .json) == """
                {
                  "version": "mezz \\"1\\"",
                  "fps": 12.35,
                  "frames": [
                    {
                      "frameNum": 0,
                      "metrics": {
                        "integer_adm2": 1.0000002738192264,
                        "vmaf": 97.500000
                      }
                    },
                    {
                      "frameNum": 2,
                      "metrics": {
                        "integer_adm2": 0.250000,
                        "vmaf": 0.000000
                      }
                    }
                  ],
                  "pooled_metrics": {
                    "integer_adm2": {
                      "min": 0.250000,
                      "max": 1.0000002738192264,
                      "mean": 0.625000,
                      "harmonic_mean": 0.538462
                    },
                    "vmaf": {
                      "min": 0.000000,
                      "max": 97.500000,
                      "mean": 48.750000,
                      "harmonic_mean": 0.979899
                    }
                  },
                  "aggregate_metrics": {
                  }
                }

                """)
    }

    @Test("CSV")
    func csv() {
        #expect(
            Self.writer.text(Self.scores, .csv) == """
                Frame,integer_adm2,vmaf,
                0,1.0000002738192264,97.500000,
                2,0.250000,0.000000,

                """)
    }

    @Test("JSON stays JSON without frames and with values that are no numbers")
    func odd() throws {
        for scores in [
            FrameScores(frames: [], names: ["vmaf"], columns: [[]]),
            FrameScores(frames: [0], names: ["float_ms_ssim"], columns: [[.nan]]),
        ] {
            let text = Self.writer.text(scores, .json)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        }
    }

    @Test("pools of a range hold its frames alone")
    func ranges() {
        let scores = FrameScores(frames: Array(10..<20), names: ["vmaf"], columns: [(0..<10).map(Double.init)])
        let pool = scores.pooled("vmaf", over: FrameRange(first: 12, end: 15))
        #expect(pool?.sorted == [2, 3, 4] && pool?.mean == 3 && pool?.max == 4)
        #expect(pool?.percentile(0) == 2 && pool?.percentile(50) == 3 && pool?.percentile(100) == 4)
        #expect(scores.pooled("vmaf", over: FrameRange(first: 0, end: 10)) == nil && scores.pooled("psnr_y") == nil)
    }
}
