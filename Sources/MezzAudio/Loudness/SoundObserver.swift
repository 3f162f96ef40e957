import Foundation
import MezzCore

/// Listens to one decode of a track: loudness, peaks and, when asked to, speech.
final class SoundObserver {
    private let header: WAVEHeader
    private let map: ChannelMap
    private let engine: LoudnessEngine
    private var trace = LoudnessTrace()
    private var momentary = MomentaryPeak()
    private var frames = 0
    private var listener: DialogueListener?

    init(_ header: WAVEHeader, seeksDialogue: Bool, dualMono: Bool) throws(Failure) {
        self.header = header
        map = ChannelMap(channels: header.channels, mask: header.channelMask)
        engine = try LoudnessEngine(sampleRate: header.sampleRate, map: map, dualMono: dualMono)
        listener = seeksDialogue ? DialogueListener(sampleRate: header.sampleRate, map: map) : nil
    }

    /// Takes 100 ms of interleaved samples.
    func observe(_ block: [Float]) throws(Failure) {
        let energies = try engine.add(block: block)
        trace.append(energies.reduce(0, +) / Double(energies.count))
        for energy in energies { momentary.add(energy) }
        frames += block.count / header.channels
        listener?.hear(block)
    }

    /// Takes the last samples, fewer than 100 ms: they count for the peaks, and for loudness no less than they do in
    /// the standard, whose blocks are whole.
    /// - Returns: Frames altogether.
    func finish(_ rest: [Float]) throws(Failure) -> Int {
        try engine.add(rest: rest)
        frames += rest.count / header.channels
        listener?.hear(rest)
        return frames
    }

    func survey(stream: Int, spoiled: Int, complaints: [String]) -> SoundSurvey {
        let heard = listener?.decide(steps: trace.energies.count)
        let seconds = Double(frames) / Double(header.sampleRate)
        let loudness = Loudness(
            integrated: trace.integrated, range: trace.range, truePeak: Self.decibels(engine.truePeak),
            momentaryMaximum: momentary.maximum, shortTermMaximum: trace.shortTermMaximum,
            samplePeak: Self.decibels(engine.samplePeak), dialogue: heard.map { DialogueGate.loudness(trace, $0) })
        return SoundSurvey(
            stream: stream, map: map, sampleRate: header.sampleRate, frames: frames, loudness: loudness, trace: trace,
            segments: heard.map { DialogueGate.segments($0, seconds: seconds) } ?? [],
            findings: SoundFindings.of(map, loudness, stream: stream, spoiled: spoiled, complaints: complaints))
    }

    private static func decibels(_ peak: Double) -> Double? { peak > 0 ? 20 * log10(peak) : nil }
}
