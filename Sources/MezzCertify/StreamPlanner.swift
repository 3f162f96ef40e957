import MezzCore

/// Chooses size, rate and length of each stream of a plan.
struct StreamPlanner {
    let level: CertificationLevel
    let shape: PictureShape
    let budget: CertificationPlan.Budget

    /// Bits that noise takes a luma sample at quantizers in the middle of their range.
    private static let bitsOfNoise = 3.0
    /// Pictures a second where the rate does not matter, or less where the level allows no more.
    private static let usualRate = 30

    var streams: [CertificationStream] {
        var streams = [
            peak, stream(.largestArea, shape.largestArea, mostRate: 120), stream(.widest, shape.widest),
            stream(.tallest, shape.tallest), stream(.smallest, shape.smallest, mostRate: level.pictureRate),
            references, change,
        ]
        if level.tileColumns * level.tileRows > 1 { streams.append(tiles) }
        if level.slices > 1 { streams.append(slices) }
        if level.codec != .avc { streams.append(hdr10) }
        if level.codec == .av1 { streams.append(stream(.filmGrain, modest)) }
        return streams
    }

    /// At most 640×360, at most a quarter of the level's largest picture.
    private var modest: Resolution { shape.largest(samples: min(640 * 360, level.pictureSamples / 4)) }

    private func stream(
        _ purpose: CertificationStream.Purpose, _ size: Resolution, mostRate: Int = usualRate
    ) -> CertificationStream {
        let rate = max(1, min(level.sampleRate / size.pixels, level.pictureRate, mostRate))
        var stream = CertificationStream(
            purpose: purpose, size: size, frameRate: rate, frames: budget.frames(size, rate: rate))
        if level.codec == .av1 { (stream.tileColumns, stream.tileRows) = Self.fewestTiles(size) }
        return stream
    }

    /// AV1 has no tile wider than 4096 samples or larger than 4096 times 2304 (5.9.15).
    private static func fewestTiles(_ size: Resolution) -> (columns: Int, rows: Int) {
        var (columns, rows) = (1, 1)
        while columns * 4096 < size.width { columns *= 2 }
        while columns * rows * 4096 * 2304 < size.pixels { rows *= 2 }
        return (columns, rows)
    }

    /// A picture that is small enough for noise to need the bits, and large enough to have them; fewer of them a second
    /// where the smallest picture still takes too many.
    private var peak: CertificationStream {
        let samples = Int(Double(level.bitRate) / Self.bitsOfNoise)
        let size = shape.largest(samples: samples / Self.usualRate)
        var peak = stream(.peakBitrate, size, mostRate: min(Self.usualRate, samples / size.pixels))
        peak.bitRate = level.bitRate
        return peak
    }

    private var references: CertificationStream {
        var stream = stream(.references, modest)
        let kept = level.bufferedPictures(modest)
        stream.references =
            switch level.codec {
            case .avc: kept
            // The picture that is being decoded has a place of its own, and no picture has more references than 8
            // (H.265, 7.4.7.2).
            case .hevc: min(kept - 1, 8)
            case .av1: 7
            }
        return stream
    }

    private var change: CertificationStream {
        var stream = stream(.resolutionSwitch, modest)
        stream.laterSizes = [shape.largest(samples: modest.pixels / 4), modest]
        stream.frames = max(CertificationPlan.Budget.fewest, stream.frames / 3) * 3
        return stream
    }

    /// Tiles of 128 samples: whole superblocks of AV1, two coding tree blocks of HEVC. HEVC wants columns 256 wide.
    private var tiles: CertificationStream {
        let tile = level.codec == .hevc ? Resolution(width: 256, height: 64) : Resolution(width: 128, height: 128)
        let size = Resolution(width: tile.width * level.tileColumns, height: tile.height * level.tileRows)
        var stream = stream(.tiles, size)
        (stream.tileColumns, stream.tileRows) = (level.tileColumns, level.tileRows)
        return stream
    }

    /// A segment holds at least a row of coding tree blocks of 64 samples, as the encoder makes them.
    private var slices: CertificationStream {
        let block = 64
        let count = min(level.slices, level.longestSides.height / block)
        let width = min(4 * block, level.pictureSamples / (count * block) / block * block)
        var stream = stream(.slices, Resolution(width: width, height: count * block))
        stream.slices = count
        return stream
    }

    private var hdr10: CertificationStream {
        var stream = stream(.hdr10, modest)
        stream.hdr = .certified
        return stream
    }
}
