import CEbur128
import MezzCore

/// libebur128: the K-weighted energy of every 10 ms, and peaks.
final class LoudnessEngine {
    private var state: UnsafeMutablePointer<ebur128_state>?
    private let channels: Int

    /// Of a block.
    static let parts = 10

    /// - Throws: `Failure` (`input`) when the library refuses the rate or the number of channels.
    init(sampleRate: Int, map: ChannelMap, dualMono: Bool) throws(Failure) {
        let modes = Int32(EBUR128_MODE_M.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue)
        channels = map.speakers.count
        state = ebur128_init(UInt32(channels), UInt(sampleRate), modes)
        guard let state else {
            throw Failure(
                .input, what: "\(channels) channels at \(sampleRate) Hz cannot be measured", place: "loudness",
                remedy: "deliver sound of 8 to 192 kHz with at most \(ChannelMap.mostChannels) channels")
        }
        for channel in 0..<channels {
            ebur128_set_channel(state, UInt32(channel), Self.role(channel, of: map, dualMono: dualMono))
        }
    }

    deinit { ebur128_destroy(&state) }

    /// The library's roles differ in their weight alone.
    private static func role(_ channel: Int, of map: ChannelMap, dualMono: Bool) -> Int32 {
        let weight = map.weight(of: channel)
        if dualMono, map.speakers.count == 1 { return Int32(EBUR128_DUAL_MONO.rawValue) }
        if weight == 0 { return Int32(EBUR128_UNUSED.rawValue) }
        return Int32(weight > 1 ? EBUR128_LEFT_SURROUND.rawValue : EBUR128_LEFT.rawValue)
    }

    /// Adds a block of 100 ms of interleaved samples.
    /// - Returns: The weighted mean squares (the sum in BS.1770's formula 2) of its ten parts.
    func add(block samples: [Float]) throws(Failure) -> [Double] {
        let frames = samples.count / max(1, channels)
        var energies: [Double] = []
        for part in 0..<Self.parts {
            let start = frames * part / Self.parts
            try add(samples[start * channels..<frames * (part + 1) / Self.parts * channels])
            energies.append(energy)
        }
        return energies
    }

    /// Adds the last samples of a stream: they count for the peaks.
    func add(rest samples: [Float]) throws(Failure) { try add(samples[...]) }

    private func add(_ samples: ArraySlice<Float>) throws(Failure) {
        guard let state, channels > 0, !samples.isEmpty else { return }
        let status = samples.withUnsafeBufferPointer { buffer in
            ebur128_add_frames_float(state, buffer.baseAddress, buffer.count / channels)
        }
        guard status == EBUR128_SUCCESS.rawValue else {
            throw Failure(.failed, what: "no memory for the loudness meter", place: "loudness", remedy: "run again")
        }
    }

    /// Of the last 10 ms.
    private var energy: Double {
        guard let state else { return 0 }
        var loudness = -Double.infinity
        ebur128_loudness_window(state, 10, &loudness)
        return LoudnessTrace.energy(ofLoudness: loudness)
    }

    /// The greatest true peak over all channels, the low-frequency one too; linear.
    var truePeak: Double { peak(ebur128_true_peak) }
    var samplePeak: Double { peak(ebur128_sample_peak) }

    private func peak(
        _ read: (UnsafeMutablePointer<ebur128_state>?, UInt32, UnsafeMutablePointer<Double>?) -> Int32
    ) -> Double {
        var highest = 0.0
        for channel in 0..<channels {
            var value = 0.0
            _ = read(state, UInt32(channel), &value)
            highest = max(highest, value)
        }
        return highest
    }
}
