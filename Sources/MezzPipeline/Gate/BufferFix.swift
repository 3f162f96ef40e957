package import MezzCore
package import MezzEncode
package import MezzQC

/// What a chunk is told of the buffer when it is encoded again because the joined stream ran the buffer dry in it.
package struct BufferFix: Codable, Hashable, Sendable {
    /// How full the buffer is when the chunk begins, 0 to 1.
    package var fullness: Double
    /// What the rung's rate and buffer are multiplied by.
    package var cap: Double

    package init(fullness: Double, cap: Double) {
        self.fullness = fullness
        self.cap = cap
    }

    /// How much tighter the cap becomes with each further try.
    private static let tightening = 0.85
    /// An encoder that is told of an emptier buffer than this spends its first key frame on almost nothing.
    private static let leastFullness = 0.15

    /// The fixes after one more look at the joined stream, by chunk.
    /// - Parameters:
    ///   - parts: The chunks in order.
    ///   - known: The fixes that the stream was encoded with.
    /// - Returns: Only what changes; empty when no chunk runs the buffer dry.
    package static func changes(
        _ parts: [BufferPace.Part], known: [Int: BufferFix], codec: CodecFamily
    ) -> [Int: BufferFix] {
        var changes: [Int: BufferFix] = [:]
        for (chunk, part) in parts.enumerated() where part.missing > 0 {
            let fullness = max(part.fullness, leastFullness)
            // An encoder that cannot be told how full its buffer is has to spend less at once.
            let isTold = codec != .av1 && known[chunk] == nil
            changes[chunk] = BufferFix(
                fullness: min(fullness, known[chunk]?.fullness ?? 1),
                cap: (known[chunk]?.cap ?? 1) * (isTold ? 1 : tightening))
        }
        return changes
    }

    /// A rung's recipe for the chunk.
    package func applied(to recipe: VideoRecipe) -> VideoRecipe {
        var recipe = recipe
        recipe.initialFullness = fullness
        recipe.maximumBps = recipe.maximumBps.map { Int(Double($0) * cap / 1000) * 1000 }
        recipe.bufferBits = recipe.bufferBits.map { Int(Double($0) * cap / 1000) * 1000 }
        return recipe
    }
}
