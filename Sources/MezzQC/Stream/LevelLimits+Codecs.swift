package import MezzCore
package import MezzFormats

extension LevelLimits {
    /// Of AVC, by table A-1.
    package init(_ level: AVCLevel, profile: Int, size: Resolution) {
        let blocks = ((size.width + 15) / 16) * ((size.height + 15) / 16)
        let side = level.longestSide * 16
        self.init(
            pictureSamples: level.blocks * 256, longestSide: Resolution(width: side, height: side),
            sampleRate: Double(level.blockRate) * 256, decodeRate: Double(level.blockRate) * 256,
            bitRate: Double(level.rate * AVCLevel.bitFactor(profile: profile)),
            bufferBits: Double(level.buffer * AVCLevel.bitFactor(profile: profile)),
            bufferedPictures: level.bufferedFrames(blocks: blocks))
    }

    /// Of HEVC, by tables A.8 and A.9.
    package init(_ level: HEVCLevel, isHighTier: Bool, size: Resolution) {
        let side = Int((8 * Double(level.samples)).squareRoot())
        self.init(
            pictureSamples: level.samples, longestSide: Resolution(width: side, height: side),
            sampleRate: Double(level.sampleRate), decodeRate: Double(level.sampleRate),
            bitRate: level.bitRate(isHighTier: isHighTier).map(Double.init),
            bufferBits: level.bufferBits(isHighTier: isHighTier).map(Double.init),
            bufferedPictures: level.bufferedPictures(samples: size.pixels), tileColumns: level.tileColumns,
            tileRows: level.tileRows)
    }

    /// Of AV1, by Annex A.3. The buffer holds a second at the greatest rate.
    package init(_ level: AV1Level, isHighTier: Bool, profile: Int) {
        let rate = level.maxBitrate(isHighTier: isHighTier, profile: profile).map(Double.init)
        self.init(
            pictureSamples: level.maxPictureSize,
            longestSide: Resolution(width: level.maxWidth, height: level.maxHeight),
            sampleRate: Double(level.maxDisplayRate), decodeRate: Double(level.maxDecodeRate), bitRate: rate,
            bufferBits: rate, tileColumns: level.maxTileColumns, tiles: level.maxTiles,
            headerRate: Double(level.maxHeaderRate))
    }

    /// All levels of the stream's codec, for its profile, tier and picture size, in ascending order. Levels without the
    /// tier are left out.
    static func all(for stream: StreamDescription) -> [(name: String, limits: LevelLimits)] {
        let (isHighTier, profile) = (stream.conformance.isHighTier, stream.conformance.profileNumber)
        let levels: [(name: String, limits: LevelLimits)] =
            switch stream.codec {
            case .avc: AVCLevel.all.map { ($0.name, LevelLimits($0, profile: profile, size: stream.codedSize)) }
            case .hevc:
                HEVCLevel.all.map { ($0.name, LevelLimits($0, isHighTier: isHighTier, size: stream.codedSize)) }
            case .av1: AV1Level.all.map { ($0.name, LevelLimits($0, isHighTier: isHighTier, profile: profile)) }
            }
        return levels.filter { $0.limits.bitRate != nil }
    }
}
