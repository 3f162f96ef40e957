import MezzCore
package import MezzWorkflow

/// What a trial encode came to.
struct TrialPoint: Codable, Sendable, Hashable {
    /// Mean bits per second over the window.
    let bps: Double
    /// Mean VMAF over the scored frames.
    let mean: Double
    /// Their harmonic mean: what rungs promise is pooled so, and only this adds up over shots.
    let harmonicMean: Double
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
