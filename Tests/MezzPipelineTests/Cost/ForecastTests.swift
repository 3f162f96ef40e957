import Foundation
import MezzCore
import MezzPipeline
import Testing

@Suite("A forecast of a job's cost")
struct ForecastTests {
    @Test("grows with frames and pixels, and tells the part of each stage")
    func grows() throws {
        func slotSeconds(_ size: String, frames: Int) throws -> Double {
            let forecast = try Self.forecast(JobSpec(codecs: [.avc]), size, frames: frames)
            #expect(forecast.stages.map(\.name) == ["index", "probe", "encode", "measure", "verify", "package"])
            #expect(forecast.stages.allSatisfy { $0.cpuSeconds > 0 && $0.slotSeconds >= $0.cpuSeconds })
            return forecast.slotSeconds
        }
        let few = try slotSeconds("1280x720", frames: 2_400)
        #expect(abs(try slotSeconds("1280x720", frames: 24_000) / few - 10) < 0.01)
        #expect(try slotSeconds("1920x1080", frames: 2_400) > 1.5 * few)
    }

    @Test("costs less where less is asked for")
    func options() throws {
        func cost(_ spec: JobSpec) throws -> Double { try Self.forecast(spec, "1920x1080", frames: 2_400).cpuSeconds }
        let usual = try cost(JobSpec(codecs: [.avc]))
        #expect(try cost(JobSpec(ladder: .category, codecs: [.avc])) < usual)
        #expect(try cost(JobSpec(codecs: [.avc, .hevc])) > usual)
        #expect(try cost(JobSpec(codecs: [.avc], effort: .exhaustive)) > usual)
        #expect(try cost(JobSpec(codecs: [.avc], presets: [.avc: "veryfast"])) < usual)
        #expect(try cost(JobSpec(codecs: [.avc], presets: [.avc: "veryslow"])) > usual)
        #expect(try cost(JobSpec(codecs: [.avc], maximumHeight: 540)) < usual)
        #expect(try cost(JobSpec(codecs: [.avc], endsAtLadder: true)) < usual)
    }

    @Test("of a machine with many slots is bounded by the one decode that comes before the rest")
    func wallTime() throws {
        let forecast = try Self.forecast(JobSpec(), "1920x1080", frames: 24_000)
        let index = try #require(forecast.stages.first { $0.name == "index" })
        #expect(abs(forecast.wallSeconds(slots: 1) - forecast.slotSeconds) < 0.1)
        #expect(forecast.wallSeconds(slots: 8) < forecast.slotSeconds / 4)
        #expect(forecast.wallSeconds(slots: 100_000) >= index.slotSeconds)
    }

    @Test("of rates from a damaged or strange file is refused or finite", arguments: ["", "[]", "{\"learnt\": 7}"])
    func strangeRates(_ text: String) {
        #expect(throws: (any Error).self) { try CostRates(reading: Data(text.utf8)) }
    }

    @Test("leaves out rates that cannot be")
    func implausibleRates() throws {
        let text = #"{"learnt": {"index": {"cpu": -1, "slot": 0, "jobs": 3}}}"#
        #expect(try CostRates(reading: Data(text.utf8)) == CostRates())
    }

    @Test("is no price without an amount that can be, and a code for its currency")
    func prices() throws {
        #expect(throws: Failure.self) { try SlotPrice(perHour: -1, currency: "EUR") }
        #expect(throws: Failure.self) { try SlotPrice(perHour: .nan, currency: "EUR") }
        #expect(throws: Failure.self) { try SlotPrice(perHour: 1, currency: "euro") }
        #expect(throws: Failure.self) { try SlotPrice(perHour: 1, currency: "<b>") }
        let price = try SlotPrice(perHour: 0.36, currency: "EUR")
        #expect(abs(price.amount(slotSeconds: 100) - 0.01) < 1e-12)
        #expect(price.text(12.345) == "12.35 EUR" || price.text(12.345) == "12.34 EUR")
    }

    static func forecast(
        _ spec: JobSpec, _ display: String, frames: Int, rates: CostRates = CostRates()
    ) throws -> Forecast {
        Forecast(spec: spec, source: try source(display, frames: frames), rates: rates)
    }

    static func source(_ display: String, frames: Int) throws -> SourceInfo {
        let sides = display.split(separator: "x").compactMap { Int($0) }
        try #require(sides.count == 2)
        let size = Resolution(width: sides[0], height: sides[1])
        return SourceInfo(
            container: "mov", bytes: 1, durationSeconds: Double(frames) / 24,
            video: VideoStreamInfo(
                stream: 0, codec: "prores", coded: size, display: size, frameRate: Rational(24),
                pixelFormat: "yuv422p10le", bitDepth: 10, color: ColorDescription(), filters: [],
                filtersLookBack: false, isVariableRate: false, firstFrameSeconds: 0, expectedFrames: frames),
            audio: [], findings: [])
    }
}
