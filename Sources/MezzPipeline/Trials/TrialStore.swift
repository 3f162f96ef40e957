import MezzCore
package import MezzWorkflow

/// What a trial encode came to.
package struct TrialPoint: Codable, Sendable, Hashable {
    /// Frames of the window.
    package let frames: Int
    /// How many of them are key frames.
    package let keyFrames: Int
    /// Bytes of all frames.
    package let bytes: Int
    /// Bytes of the key frames.
    package let keyBytes: Int
    /// Mean VMAF over the scored frames.
    package let mean: Double
    /// Their harmonic mean: what rungs promise is pooled so, and only this adds up over shots.
    package let harmonicMean: Double

    package init(frames: Int, keyFrames: Int, bytes: Int, keyBytes: Int, mean: Double, harmonicMean: Double) {
        self.frames = frames
        self.keyFrames = keyFrames
        self.bytes = bytes
        self.keyBytes = keyBytes
        self.mean = mean
        self.harmonicMean = harmonicMean
    }

    /// Bits per second that a stretch like the window takes, which has its key frames further apart: a window cut from a
    /// long shot starts with a key frame of its own, and a second of it alone would cost up to half as much again.
    ///
    /// - Parameters:
    ///   - stretch: Frames of the stretch, 1 or more.
    ///   - keys: Key frames among them.
    ///   - seconds: Its duration.
    package func bps(frames stretch: Int, keyFrames keys: Int, seconds: Double) -> Double {
        let others = frames - keyFrames
        guard keyFrames > 0, others > 0 else {
            return Double(bytes) * 8 / Double(max(frames, 1)) * Double(stretch) / seconds
        }
        let keyShare = Double(keyBytes) / Double(keyFrames) * Double(keys)
        let otherShare = Double(bytes - keyBytes) / Double(others) * Double(max(stretch - keys, 0))
        return (keyShare + otherShare) * 8 / seconds
    }
}

/// Trial encodes by what decides them, kept apart from jobs and from the ladders computed from them: another job, other
/// targets or a new optimiser need no new trial encode.
///
/// The store saves work and decides nothing: what cannot be read is measured again, what cannot be written is not kept.
package struct TrialStore: Sendable {
    private let cache: any ResultCache

    package init(_ cache: any ResultCache) {
        self.cache = cache
    }

    func point(_ identity: ContentHash) async -> TrialPoint? {
        guard let found = try? await cache.result(for: identity) else { return nil }
        return try? CanonicalJSON.decode(TrialPoint.self, from: found.output)
    }

    func keep(_ point: TrialPoint, as identity: ContentHash) async {
        guard let outcome = try? TaskOutcome(encoding: point) else { return }
        try? await cache.remember(outcome, for: identity)
    }
}
