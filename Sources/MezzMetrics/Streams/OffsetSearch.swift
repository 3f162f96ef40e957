package import MezzPixels

/// Finds by how many frames an encode is shifted against its reference, from what the frames look like.
package struct OffsetSearch: Sendable {
    /// Frames read from each beginning.
    package static let frames = 720
    /// Largest shift that is found.
    package static let reach = 300
    /// Fewest frames that a shift must bring together.
    private static let overlap = 8
    /// Mean distance, in code values, up to which frames count as the same picture.
    private static let same = 12.0

    /// - Returns: The encode's frame that shows the reference's frame 0; `nil` when no shift brings the two together.
    ///   Where several do equally well, as in a still picture, the smallest.
    package static func offset(reference: [Fingerprint], distorted: [Fingerprint]) -> Int? {
        let shorter = min(reference.count, distorted.count)
        guard shorter > 0 else { return nil }
        let needed = min(shorter, max(overlap, shorter / 2))
        let candidates = (0...reach).flatMap { $0 == 0 ? [0] : [$0, -$0] }
        var best: (offset: Int, distance: Double)?
        for offset in candidates {
            let first = max(0, -offset)
            let end = min(reference.count, distorted.count - offset)
            guard end - first >= needed else { continue }
            var sum = 0.0
            for frame in first..<end { sum += reference[frame].distance(to: distorted[frame + offset]) }
            let distance = sum / Double(end - first)
            // A hair better is chance: quantisation moves a still picture's fingerprints too.
            if distance < (best?.distance ?? .infinity) * 0.98 - 0.01 { best = (offset, distance) }
        }
        return best.flatMap { $0.distance <= same ? $0.offset : nil }
    }
}
