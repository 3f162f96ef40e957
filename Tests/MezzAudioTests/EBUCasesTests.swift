import Foundation
import MezzAudio
import Testing

/// The test signals of EBU Tech 3341 (table 1) and Tech 3342 (table 1), made anew. Cases 7 and 8 of the former and 5 and 6 of
/// the latter are recordings.
@Suite("EBU test cases", .timeLimit(.minutes(5)))
struct EBUCasesTests {
    private static let tolerance = 0.1

    @Test(
        "3341, 1 to 5: integrated loudness of steady and stepped tones",
        arguments: [
            (1, -23, [(-23, 20)]), (2, -33, [(-33, 20)]), (3, -23, [(-36, 10), (-23, 60), (-36, 10)]),
            (4, -23, [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)]),
            (5, -23, [(-26, 20), (-20, 20.1), (-26, 20)]),
        ] as [(Int, Double, [(Double, Double)])])
    func integrated(_ number: Int, _ expected: Double, _ parts: [(Double, Double)]) async throws {
        let loudness = try await Signal(Make.tones(parts.map { ($0.0, $0.1) })).loudness()
        #expect(abs(try #require(loudness.integrated) - expected) <= Self.tolerance, "case \(number)")
        guard parts.count == 1 else { return }
        #expect(abs(try #require(loudness.momentaryMaximum) - expected) <= Self.tolerance)
        #expect(abs(try #require(loudness.shortTermMaximum) - expected) <= Self.tolerance)
    }

    @Test("3341, 6: five channels")
    func five() async throws {
        let levels: [Double] = [-28, -28, -24, -30, -30]
        let signal = Signal(channels: levels.map { Make.tone($0, seconds: 20) }, mask: Signal.five)
        #expect(abs(try #require(try await signal.loudness().integrated) + 23) <= Self.tolerance)
    }

    @Test("3341, 9: short-term loudness is steady where 3 s always hold the same")
    func shortTerm() async throws {
        let part = Make.tones([(-20, 1.34), (-30, 1.66)])
        let trace = try await Signal(Array(repeating: part, count: 5).flatMap(\.self)).survey().trace
        #expect(trace.shortTerm.count == 121)
        for value in trace.shortTerm { #expect(abs(value + 23) <= Self.tolerance) }
    }

    @Test("3341, 10: 3 s of tone reach their short-term loudness wherever they begin", arguments: 0..<20)
    func shortTermMaximum(_ number: Int) async throws {
        let samples = Make.silence(0.15 * Double(number)) + Make.tone(-23, seconds: 3) + Make.silence(1)
        #expect(abs(try #require(try await Signal(samples).loudness().shortTermMaximum) + 23) <= Self.tolerance)
    }

    @Test("3341, 11: short-term loudness follows a tone that grows louder by 1 dB")
    func shortTermSteps() async throws {
        let samples = (0..<20).flatMap { Make.silence(3) + Make.tone(-38 + Double($0), seconds: 3) }
        let trace = try await Signal(samples).survey().trace
        for step in 0..<20 {
            let part = trace.shortTerm.dropFirst(60 * step).prefix(60)
            #expect(abs(try #require(part.max()) - (-38 + Double(step))) <= Self.tolerance, "step \(step)")
        }
    }

    @Test("3341, 12: momentary loudness is steady where 400 ms always hold the same")
    func momentary() async throws {
        let part = Make.tones([(-20, 0.18), (-30, 0.22)])
        let survey = try await Signal(Array(repeating: part, count: 25).flatMap(\.self)).survey()
        for value in survey.trace.momentary.dropFirst(6) { #expect(abs(value + 23) <= Self.tolerance) }
        #expect(abs(try #require(survey.loudness.momentaryMaximum) + 23) <= Self.tolerance)
    }

    @Test("3341, 13: 400 ms of tone reach their momentary loudness wherever they begin", arguments: 0..<20)
    func momentaryMaximum(_ number: Int) async throws {
        let samples = Make.silence(0.02 * Double(number)) + Make.tone(-23, seconds: 0.4) + Make.silence(1)
        #expect(abs(try #require(try await Signal(samples).loudness().momentaryMaximum) + 23) <= Self.tolerance)
    }

    @Test("3341, 14: momentary loudness follows a tone that grows louder by 1 dB")
    func momentarySteps() async throws {
        let samples = (0..<20).flatMap { Make.silence(0.4) + Make.tone(-38 + Double($0), seconds: 0.4) }
        let trace = try await Signal(samples).survey().trace
        for step in 0..<20 {
            let part = trace.momentary.dropFirst(8 * step).prefix(8)
            #expect(abs(try #require(part.max()) - (-38 + Double(step))) <= Self.tolerance, "step \(step)")
        }
    }

    /// Quarter, sixth and eighth of the sample rate, with phases at which no sample stands on a peak.
    @Test(
        "3341, 15 to 19: true peaks between the samples",
        arguments: [
            (15, 4, 0, 0.5, -6), (16, 4, 45, 0.5, -6), (17, 6, 60, 0.5, -6), (18, 8, 67.5, 0.5, -6),
            (19, 4, 45, 1.41, 3),
        ]
            as [(Int, Double, Double, Double, Double)])
    func truePeak(_ number: Int, _ part: Double, _ phase: Double, _ amplitude: Double, _ expected: Double) async throws
    {
        let samples = Make.tone(20 * log10(amplitude), seconds: 2, hertz: 48_000 / part, phase: phase * .pi / 180)
        // The edges of a tone that begins at full level ring by themselves: the standard's files fade.
        let faded = samples.enumerated().map { place, sample in
            sample * Float(min(1, Double(min(place, samples.count - 1 - place)) / 4800))
        }
        let peak = try #require(try await Signal(faded).loudness().truePeak)
        #expect(peak <= expected + 0.2 && peak >= expected - 0.4, "case \(number): \(peak)")
    }

    /// A pulse of full height without frequencies over 20 kHz, of which every fourth sample is taken.
    @Test("3341, 20 to 23: a true peak is found wherever the samples lie", arguments: 0..<4)
    func truePeakPulse(_ offset: Int) async throws {
        let fine = (-4000..<4000).map { place -> Double in
            let angle = Double(place) * .pi * 2 * 20_000 / 192_000
            let sinc = place == 0 ? 1 : sin(angle) / angle
            return sinc * (0.5 + 0.5 * cos(.pi * Double(place) / 4000))
        }
        let samples = stride(from: offset, to: fine.count, by: 4).map { Float(fine[$0]) }
        let peak = try #require(try await Signal(samples).loudness().truePeak)
        #expect(peak <= 0.2 && peak >= -0.4, "\(peak)")
    }

    @Test(
        "3342, 1 to 4: loudness range of stepped tones",
        arguments: [
            (1, 10, [-20, -30]), (2, 5, [-20, -15]), (3, 20, [-40, -20]), (4, 15, [-50, -35, -20, -35, -50]),
        ] as [(Int, Double, [Double])])
    func range(_ number: Int, _ expected: Double, _ levels: [Double]) async throws {
        let loudness = try await Signal(Make.tones(levels.map { ($0, 20) })).loudness()
        #expect(abs(loudness.range - expected) <= 1, "case \(number): \(loudness.range)")
    }
}
