import Foundation
import MezzAudio
import MezzMedia
import MezzTestKit
import Testing

/// The meter against FFmpeg's `ebur128`, which shares no code with it.
@Suite("Agreement with FFmpeg's meter", .timeLimit(.minutes(3)))
struct AgreementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let signal: @Sendable () -> Signal
        var testDescription: String { name }
    }

    private static func swell(_ samples: [Float], _ hertz: Double, sampleRate: Double = 48_000) -> [Float] {
        samples.enumerated().map { $1 * Float(0.55 + 0.45 * sin(2 * .pi * hertz * Double($0) / sampleRate)) }
    }

    /// Noise that is weak where the two meters' filters for true peaks end.
    private static func dull(_ level: Double, _ seconds: Double, seed: UInt64 = 1, sampleRate: Int = 48_000) -> [Float]
    {
        var states = [Float](repeating: 0, count: 6)
        return Make.noise(level, seconds: seconds, seed: seed, sampleRate: sampleRate).map { sample in
            var value = 4 * sample
            for place in states.indices {
                states[place] += 0.4 * (value - states[place])
                value = states[place]
            }
            return value
        }
    }

    /// The edges of a sudden tone ring differently in each meter.
    private static func faded(_ samples: [Float]) -> [Float] {
        samples.enumerated().map { $1 * Float(min(1, Double(min($0, samples.count - 1 - $0)) / 4800)) }
    }

    static let cases: [Case] = [
        Case(name: "tone") { Signal(faded(Make.tone(-23, seconds: 10))) },
        Case(name: "low tone") { Signal(faded(Make.tone(-12, seconds: 10, hertz: 50))) },
        Case(name: "high tone") { Signal(faded(Make.tone(-20, seconds: 10, hertz: 12_345))) },
        Case(name: "noise") { Signal(dull(-10, 12)) },
        Case(name: "swelling noise") { Signal(swell(dull(-6, 30), 0.4)) },
        Case(name: "mono") { Signal(swell(dull(-15, 12), 0.5), channels: 1, mask: Signal.mono) },
        Case(name: "44.1 kHz") {
            Signal(swell(dull(-9, 12, sampleRate: 44_100), 0.4, sampleRate: 44_100), sampleRate: 44_100)
        },
        Case(name: "96 kHz") { Signal(swell(dull(-9, 8, sampleRate: 96_000), 1), sampleRate: 96_000) },
        Case(name: "gated steps") {
            Signal(faded(Make.tones([(-72, 5), (-36, 5), (-23, 20), (-40, 10), (-20, 5)])))
        },
        Case(name: "two different channels") {
            Signal(channels: [dull(-12, 15), faded(Make.tone(-30, seconds: 15))], mask: Signal.stereo)
        },
        Case(name: "5.1 with a loud low-frequency channel") {
            let levels: [Double] = [-20, -22, -18, -3, -30, -26]
            return Signal(channels: levels.enumerated().map { dull($1, 12, seed: UInt64($0)) }, mask: Signal.fiveOne)
        },
        Case(name: "over full scale") { Signal(dull(10, 8)) },
        Case(name: "hardly over the gate") { Signal(faded(Make.tone(-66, seconds: 10))) },
        Case(name: "pulses") {
            Signal((0..<480_000).map { 0.9 * Float(max(0, 1 - abs(Double($0 % 9600) - 40) / 40)) })
        },
    ]

    @Test("loudness within 0.1 LU and peaks within 0.1 dB", arguments: cases)
    func agrees(_ example: Case) async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(example.signal().wave, to: "signal.wav")
            let own = try await LoudnessMeter(runner: try Signal.runner()).measure(path, stream: 0)
            let theirs = try await Self.ffmpeg(path, folder)
            let integrated = try #require(theirs["I"])
            // FFmpeg prints tenths.
            let tenth = 0.1
            #expect(abs(try #require(own.integrated) - integrated) <= tenth, "\(integrated)")
            // FFmpeg counts windows that begin before the programme, which the standard does not have.
            #expect(abs(own.range - (theirs["LRA"] ?? -1)) <= 0.3, "\(own.range) \(theirs)")
            #expect(abs(try #require(own.truePeak) - (theirs["true"] ?? 99)) <= tenth, "\(own) \(theirs)")
            #expect(abs(try #require(own.samplePeak) - (theirs["sample"] ?? 99)) <= tenth, "\(own) \(theirs)")
        }
    }

    /// "I", "LRA", and the peaks as "true" and "sample".
    private static func ffmpeg(_ path: String, _ folder: TestFolder) async throws -> [String: Double] {
        let end = try await MediaMaker(in: folder).ffmpeg(
            ["-i", "file:" + path, "-af", "ebur128=peak=true+sample:framelog=quiet", "-f", "null", "-"])
        let lines = end.errorText.split(separator: "\n")
        guard let start = lines.lastIndex(where: { $0.hasSuffix("Summary:") }) else { return [:] }
        var values: [String: Double] = [:]
        var section = ""
        for line in lines[start...] {
            let words = line.split(separator: " ")
            if words.count == 2, words[1] == "peak:" { section = words[0].lowercased() }
            guard words.count >= 3, words[0].hasSuffix(":") else { continue }
            values[words[0] == "Peak:" ? section : String(words[0].dropLast())] = Double(words[1])
        }
        return values
    }
}
