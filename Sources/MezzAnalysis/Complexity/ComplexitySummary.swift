package import MezzCore
package import MezzPixels

/// Gathers what the pairs show into values of shots and title.
package struct ComplexitySummary {
    let index: FrameIndex
    let sampling: PairSampling
    let size: Resolution
    let frameRate: Rational

    /// - Parameters:
    ///   - size: The source's picture.
    ///   - frameRate: Frames a second.
    package init(index: FrameIndex, sampling: PairSampling, size: Resolution, frameRate: Rational) {
        self.index = index
        self.sampling = sampling
        self.size = size
        self.frameRate = frameRate
    }

    /// Luma means of a pair and of the index may differ by what two scalers make of a picture.
    private static let sameLuma = 3.0
    /// Mean and deviation of luma up to which a frame is black.
    private static let black: (mean: Float, deviation: Float) = (20, 2)
    /// Change from frame to frame (code values) and motion (samples) up to which nothing has moved.
    private static let still: (change: Float, motion: Double) = (0.5, 0.05)

    /// - Parameters:
    ///   - shots: In order; they cover all frames.
    ///   - pairs: In order.
    /// - Returns: One value a shot.
    package func complexity(of shots: [Shot], _ pairs: [PairMeasurement]) -> [ShotComplexity] {
        let sound = pairs.filter(isTrue)
        var found: [ShotComplexity?] = []
        var next = 0
        for shot in shots {
            // Pairs are in order, and so are shots: one walk through both.
            while next < sound.count, sound[next].frame < shot.frames.first { next += 1 }
            var last = next
            while last < sound.count, sound[last].frame + 1 < max(shot.frames.end, 2) { last += 1 }
            found.append(last > next ? measured(shot, sound[next..<last]) : nil)
            next = last
        }
        return shots.indices.map { found[$0] ?? borrowed(shots[$0], found, at: $0) }
    }

    /// A source that changes size restarts FFmpeg's filters, and with them the count: then a pair is not the frames it
    /// is taken for.
    private func isTrue(_ pair: PairMeasurement) -> Bool {
        pair.frame < index.count && abs(Double(index.entries[pair.frame].lumaMean) - pair.luma) <= Self.sameLuma
    }

    private func measured(_ shot: Shot, _ pairs: ArraySlice<PairMeasurement>) -> ShotComplexity {
        func mean(_ value: (PairMeasurement) -> Double) -> Double {
            pairs.reduce(0) { $0 + value($1) } / Double(pairs.count)
        }
        let grains = pairs.compactMap(\.grain)
        let spatial = mean(\.detail.laplacianVariance)
        let temporal = mean(\.motion) * sampling.enlargement
        let bars = pairs.compactMap(\.bars).reduce(nil) { $0?.common($1) ?? $1 } as PictureBars?
        return ShotComplexity(
            spatial: spatial, temporal: temporal, si: pairs.map(\.detail.spatialInformation).max() ?? 0,
            ti: pairs.map(\.temporalInformation).max() ?? 0,
            grain: grains.isEmpty ? 0 : grains.reduce(0, +) / Double(grains.count), luminance: luminance(shot),
            colourfulness: mean(\.colourfulness),
            score: ComplexityScale.score(spatial: spatial, speed: temporal * frameRate.value),
            isStatic: isUnchanged(shot) && temporal <= Self.still.motion, isBlack: isBlack(shot),
            bars: bars?.scaled(from: sampling.reduced, to: size), samples: pairs.count)
    }

    /// For a shot between two pairs: the nearest measured shot's values, the earlier of two as near.
    private func borrowed(_ shot: Shot, _ found: [ShotComplexity?], at number: Int) -> ShotComplexity {
        let near = found.indices.filter { found[$0] != nil }.min { abs($0 - number) < abs($1 - number) }
        let other = near.flatMap { found[$0] }
        return ShotComplexity(
            spatial: other?.spatial ?? 0, temporal: other?.temporal ?? 0, si: other?.si ?? 0, ti: other?.ti ?? 0,
            grain: other?.grain ?? 0, luminance: luminance(shot), colourfulness: other?.colourfulness ?? 0,
            score: other?.score ?? 0, isStatic: isUnchanged(shot), isBlack: isBlack(shot), bars: other?.bars,
            samples: 0)
    }

    private func luminance(_ shot: Shot) -> Double {
        let sum = shot.frames.indices.reduce(0.0) { $0 + Double(index.entries[$1].lumaMean) }
        return sum / Double(max(1, shot.frames.count))
    }

    private func isUnchanged(_ shot: Shot) -> Bool {
        shot.frames.indices.dropFirst().allSatisfy { index.entries[$0].change <= Self.still.change }
    }

    private func isBlack(_ shot: Shot) -> Bool {
        shot.frames.indices.allSatisfy {
            index.entries[$0].lumaMean <= Self.black.mean && index.entries[$0].lumaDeviation <= Self.black.deviation
        }
    }
}
