package import MezzCore

/// Picture sizes at a level's edges.
package struct PictureShape: Sendable {
    private let level: CertificationLevel

    package init(_ level: CertificationLevel) { self.level = level }

    /// Sides below which encoders and decoders of a codec give up: a macroblock, two coding tree blocks; AV1's levels ask
    /// for 16.
    package var smallest: Resolution {
        switch level.codec {
        case .avc, .av1: Resolution(width: 16, height: 16)
        case .hevc: Resolution(width: 64, height: 64)
        }
    }

    /// The most samples at about 16:9.
    package var largestArea: Resolution { largest(samples: level.pictureSamples) }

    /// As wide as may be, and then as high as its samples allow.
    package var widest: Resolution {
        let width = floor(min(level.longestSides.width, level.pictureSamples / smallest.height))
        return Resolution(width: width, height: floor(min(level.pictureSamples / width, level.longestSides.height)))
    }

    /// As high as may be, and then as wide as its samples allow.
    package var tallest: Resolution {
        let height = floor(min(level.longestSides.height, level.pictureSamples / smallest.width))
        return Resolution(width: floor(min(level.pictureSamples / height, level.longestSides.width)), height: height)
    }

    /// A picture of about 16:9, of at most so many samples and no more than the level's, but never below 64×64.
    package func largest(samples: Int) -> Resolution {
        let samples = min(samples, level.pictureSamples)
        let middle = floor(Int((Double(samples) * 9 / 16).squareRoot()))
        // The height below the exact one leaves samples to spare, the one above makes the width a little short.
        let sizes = [middle, middle + level.alignment].map { wide(height: $0, samples: samples) }
        let fitting = sizes.filter { $0.pixels <= samples && Double($0.width) >= 1.6 * Double($0.height) }
        return fitting.max { $0.pixels < $1.pixels } ?? sizes[0]
    }

    private func wide(height: Int, samples: Int) -> Resolution {
        let height = max(64, floor(min(height, level.longestSides.height)))
        let width = min(samples / height, height * 16 / 9 + level.alignment, level.longestSides.width)
        return Resolution(width: max(64, floor(width)), height: height)
    }

    private func floor(_ length: Int) -> Int { length / level.alignment * level.alignment }
}
