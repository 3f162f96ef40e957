package import MezzCore
import MezzFormats

extension CertificationLevel {
    /// A codec's levels, ascending.
    package static func all(of codec: CodecFamily) -> [CertificationLevel] {
        switch codec {
        case .avc: AVCLevel.all.map(Self.init)
        case .hevc: HEVCLevel.all.map(Self.init)
        case .av1: AV1Level.all.map(Self.init)
        }
    }

    /// High profile: cpbBrVclFactor is 1250 (H.264, table A-2); no picture lasts less than 1/172 s (A.3.1, item a).
    private init(_ level: AVCLevel) {
        self.init(
            .avc, level.name, level.number, pictureSamples: level.blocks * 256,
            longestSides: Resolution(width: level.longestSide * 16, height: level.longestSide * 16),
            sampleRate: level.blockRate * 256, pictureRate: 172, bitRate: level.rate * 1250, alignment: 16
        ) { size in level.bufferedFrames(blocks: ((size.width + 15) / 16) * ((size.height + 15) / 16)) }
    }

    /// Main and Main 10: CpbVclFactor is 1000 (H.265, table A.10); no picture lasts less than 1/300 s (A.4.2).
    private init(_ level: HEVCLevel) {
        let side = Int((8 * Double(level.samples)).squareRoot())
        self.init(
            .hevc, level.name, level.number, pictureSamples: level.samples,
            longestSides: Resolution(width: side, height: side), sampleRate: level.sampleRate, pictureRate: 300,
            bitRate: level.mainBits * 1000,
            tiles: (level.tileColumns, level.tileRows), slices: level.segments, alignment: 8
        ) { size in level.bufferedPictures(samples: size.pixels) }
    }

    /// Tiles of even size come in powers of two (AV1 specification, 5.9.15).
    private init(_ level: AV1Level) {
        var columns = 1
        while columns * 2 <= level.maxTileColumns { columns *= 2 }
        self.init(
            .av1, level.name, level.index, pictureSamples: level.maxPictureSize,
            longestSides: Resolution(width: level.maxWidth, height: level.maxHeight),
            sampleRate: level.maxDisplayRate, pictureRate: level.maxHeaderRate, bitRate: level.mainKilobits * 1000,
            tiles: (columns, level.maxTiles / columns), alignment: 8
        ) { _ in 8 }
    }
}
