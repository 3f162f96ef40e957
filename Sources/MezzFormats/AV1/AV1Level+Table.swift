extension AV1Level {
    /// Tables of Annex A.3 (AV1 bitstream specification, version 1.0.0 with errata 1). Levels that are missing are not
    /// defined there.
    package static let all = [
        // 2.0
        AV1Level(
            index: 0, maxPictureSize: 147_456, maxWidth: 2048, maxHeight: 1152, maxDisplayRate: 4_423_680,
            maxDecodeRate: 5_529_600, maxHeaderRate: 150, mainKilobits: 1500, highKilobits: nil, mainCompression: 2,
            highCompression: nil, maxTiles: 8, maxTileColumns: 4),
        // 2.1
        AV1Level(
            index: 1, maxPictureSize: 278_784, maxWidth: 2816, maxHeight: 1584, maxDisplayRate: 8_363_520,
            maxDecodeRate: 10_454_400, maxHeaderRate: 150, mainKilobits: 3000, highKilobits: nil, mainCompression: 2,
            highCompression: nil, maxTiles: 8, maxTileColumns: 4),
        // 3.0
        AV1Level(
            index: 4, maxPictureSize: 665_856, maxWidth: 4352, maxHeight: 2448, maxDisplayRate: 19_975_680,
            maxDecodeRate: 24_969_600, maxHeaderRate: 150, mainKilobits: 6000, highKilobits: nil, mainCompression: 2,
            highCompression: nil, maxTiles: 16, maxTileColumns: 6),
        // 3.1
        AV1Level(
            index: 5, maxPictureSize: 1_065_024, maxWidth: 5504, maxHeight: 3096, maxDisplayRate: 31_950_720,
            maxDecodeRate: 39_938_400, maxHeaderRate: 150, mainKilobits: 10_000, highKilobits: nil, mainCompression: 2,
            highCompression: nil, maxTiles: 16, maxTileColumns: 6),
        // 4.0
        AV1Level(
            index: 8, maxPictureSize: 2_359_296, maxWidth: 6144, maxHeight: 3456, maxDisplayRate: 70_778_880,
            maxDecodeRate: 77_856_768, maxHeaderRate: 300, mainKilobits: 12_000, highKilobits: 30_000,
            mainCompression: 4,
            highCompression: 4, maxTiles: 32, maxTileColumns: 8),
        // 4.1
        AV1Level(
            index: 9, maxPictureSize: 2_359_296, maxWidth: 6144, maxHeight: 3456, maxDisplayRate: 141_557_760,
            maxDecodeRate: 155_713_536, maxHeaderRate: 300, mainKilobits: 20_000, highKilobits: 50_000,
            mainCompression: 4,
            highCompression: 4, maxTiles: 32, maxTileColumns: 8),
        // 5.0
        AV1Level(
            index: 12, maxPictureSize: 8_912_896, maxWidth: 8192, maxHeight: 4352, maxDisplayRate: 267_386_880,
            maxDecodeRate: 273_715_200, maxHeaderRate: 300, mainKilobits: 30_000, highKilobits: 100_000,
            mainCompression: 6,
            highCompression: 4, maxTiles: 64, maxTileColumns: 8),
        // 5.1
        AV1Level(
            index: 13, maxPictureSize: 8_912_896, maxWidth: 8192, maxHeight: 4352, maxDisplayRate: 534_773_760,
            maxDecodeRate: 547_430_400, maxHeaderRate: 300, mainKilobits: 40_000, highKilobits: 160_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 64, maxTileColumns: 8),
        // 5.2
        AV1Level(
            index: 14, maxPictureSize: 8_912_896, maxWidth: 8192, maxHeight: 4352, maxDisplayRate: 1_069_547_520,
            maxDecodeRate: 1_094_860_800, maxHeaderRate: 300, mainKilobits: 60_000, highKilobits: 240_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 64, maxTileColumns: 8),
        // 5.3
        AV1Level(
            index: 15, maxPictureSize: 8_912_896, maxWidth: 8192, maxHeight: 4352, maxDisplayRate: 1_069_547_520,
            maxDecodeRate: 1_176_502_272, maxHeaderRate: 300, mainKilobits: 60_000, highKilobits: 240_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 64, maxTileColumns: 8),
        // 6.0
        AV1Level(
            index: 16, maxPictureSize: 35_651_584, maxWidth: 16_384, maxHeight: 8704, maxDisplayRate: 1_069_547_520,
            maxDecodeRate: 1_176_502_272, maxHeaderRate: 300, mainKilobits: 60_000, highKilobits: 240_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 128, maxTileColumns: 16),
        // 6.1
        AV1Level(
            index: 17, maxPictureSize: 35_651_584, maxWidth: 16_384, maxHeight: 8704, maxDisplayRate: 2_139_095_040,
            maxDecodeRate: 2_189_721_600, maxHeaderRate: 300, mainKilobits: 100_000, highKilobits: 480_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 128, maxTileColumns: 16),
        // 6.2
        AV1Level(
            index: 18, maxPictureSize: 35_651_584, maxWidth: 16_384, maxHeight: 8704, maxDisplayRate: 4_278_190_080,
            maxDecodeRate: 4_379_443_200, maxHeaderRate: 300, mainKilobits: 160_000, highKilobits: 800_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 128, maxTileColumns: 16),
        // 6.3
        AV1Level(
            index: 19, maxPictureSize: 35_651_584, maxWidth: 16_384, maxHeight: 8704, maxDisplayRate: 4_278_190_080,
            maxDecodeRate: 4_706_009_088, maxHeaderRate: 300, mainKilobits: 160_000, highKilobits: 800_000,
            mainCompression: 8,
            highCompression: 4, maxTiles: 128, maxTileColumns: 16),
    ]
}
