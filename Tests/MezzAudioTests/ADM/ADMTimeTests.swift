import MezzAudio
import Testing

@Suite("Times of ADM")
struct ADMTimeTests {
    @Test(
        "times are read exactly, as decimals and in samples",
        arguments: [
            ("00:00:00.00000", 0, false), ("00:00:12.04800", 12.048, false), ("1:02:03.5", 3723.5, false),
            ("00:00:07", 7, false), ("00:00:07.", 7, false), ("99:59:59.999999999", 359_999.999999999, false),
            ("00:00:01.12000S48000", 1.25, true), ("00:00:00.0S48000", 0, true),
            ("00:00:02.1001S30000", 2 + 1001.0 / 30000, true), ("00:00:00.12345678901234", 0.123456789, false),
        ] as [(String, Double, Bool)])
    func readable(_ text: String, _ seconds: Double, _ isInSamples: Bool) throws {
        let time = try #require(ADMTime(text))
        #expect(abs(time.seconds - seconds) < 1e-12)
        #expect(time.isInSamples == isInSamples)
    }

    @Test(
        "what is no time is none",
        arguments: [
            "", ":", "::", "00:00", "00:60:00.0", "00:00:60.0", "-0:00:01.0", "00:00:0x1.0", "00:00:01,5",
            "00:00:01.5S", "00:00:01.48000S48000", "00:00:01.1S0", "00:00:01.1S99999999999", "00:00:00.1S2S3",
            "00:00:00.-1", "٠٠:٠٠:٠٠.٠", "00:00:00.0 ", "99999:00:00.0", "00:00:00.0\n",
        ])
    func unreadable(_ text: String) {
        #expect(ADMTime(text) == nil)
    }
}
