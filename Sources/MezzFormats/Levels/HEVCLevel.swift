/// A level of HEVC and what it allows (ITU-T H.265, tables A.8 and A.9).
package struct HEVCLevel: Hashable, Sendable {
    /// "4.1"
    package let name: String
    /// general_level_idc: 30 times the level.
    package let number: Int
    /// MaxLumaPs: luma samples of a picture.
    package let samples: Int
    /// MaxLumaSr: luma samples a second.
    package let sampleRate: Int
    /// MaxBR and MaxCPB of the Main tier, in units of `bitFactor`.
    package let mainBits: Int
    /// The same of the High tier; `nil` below level 4, where there is none.
    package let highBits: Int?
    /// MaxCPB of the Main tier where it is not its MaxBR.
    private let smallBuffer: Int?
    /// MaxTileRows
    package let tileRows: Int
    /// MaxTileCols
    package let tileColumns: Int
    /// MaxSliceSegmentsPerPicture
    package let segments: Int

    /// Bits a second and bits of the coded picture buffer that one unit stands for in the Main and Main 10 profiles
    /// (CpbNalFactor and BrNalFactor, table A.10).
    package static let bitFactor = 1100

    /// In ascending order.
    package static let all: [HEVCLevel] = [
        HEVCLevel("1", 30, 36864, 552_960, 128, nil, tiles: (1, 1), 16, smallBuffer: 350),
        HEVCLevel("2", 60, 122_880, 3_686_400, 1500, nil, tiles: (1, 1), 16),
        HEVCLevel("2.1", 63, 245_760, 7_372_800, 3000, nil, tiles: (1, 1), 20),
        HEVCLevel("3", 90, 552_960, 16_588_800, 6000, nil, tiles: (2, 2), 30),
        HEVCLevel("3.1", 93, 983_040, 33_177_600, 10000, nil, tiles: (3, 3), 40),
        HEVCLevel("4", 120, 2_228_224, 66_846_720, 12000, 30000, tiles: (5, 5), 75),
        HEVCLevel("4.1", 123, 2_228_224, 133_693_440, 20000, 50000, tiles: (5, 5), 75),
        HEVCLevel("5", 150, 8_912_896, 267_386_880, 25000, 100_000, tiles: (11, 10), 200),
        HEVCLevel("5.1", 153, 8_912_896, 534_773_760, 40000, 160_000, tiles: (11, 10), 200),
        HEVCLevel("5.2", 156, 8_912_896, 1_069_547_520, 60000, 240_000, tiles: (11, 10), 200),
        HEVCLevel("6", 180, 35_651_584, 1_069_547_520, 60000, 240_000, tiles: (22, 20), 600),
        HEVCLevel("6.1", 183, 35_651_584, 2_139_095_040, 120_000, 480_000, tiles: (22, 20), 600),
        HEVCLevel("6.2", 186, 35_651_584, 4_278_190_080, 240_000, 800_000, tiles: (22, 20), 600),
    ]

    private init(
        _ name: String, _ number: Int, _ samples: Int, _ sampleRate: Int, _ mainBits: Int, _ highBits: Int?,
        tiles: (rows: Int, columns: Int), _ segments: Int, smallBuffer: Int? = nil
    ) {
        self.name = name
        self.number = number
        self.samples = samples
        self.sampleRate = sampleRate
        self.mainBits = mainBits
        self.highBits = highBits
        self.smallBuffer = smallBuffer
        tileRows = tiles.rows
        tileColumns = tiles.columns
        self.segments = segments
    }

    /// The level of a general_level_idc.
    package static func numbered(_ number: Int) -> HEVCLevel? { all.first { $0.number == number } }

    /// The level of a name such as "4.1" or "4.0".
    package static func named(_ name: String) -> HEVCLevel? {
        let name = name.hasSuffix(".0") ? String(name.dropLast(2)) : name
        return all.first { $0.name == name }
    }

    /// Bits a second; `nil` where the level has no such tier.
    package func bitRate(isHighTier: Bool) -> Int? { (isHighTier ? highBits : mainBits).map { $0 * Self.bitFactor } }

    /// Bits of the coded picture buffer; `nil` where the level has no such tier.
    package func bufferBits(isHighTier: Bool) -> Int? {
        (isHighTier ? highBits : smallBuffer ?? mainBits).map { $0 * Self.bitFactor }
    }

    /// Pictures that the decoded picture buffer holds (MaxDpbSize, A.4.2).
    package func bufferedPictures(samples: Int) -> Int {
        if samples <= self.samples >> 2 { return 16 }
        if samples <= self.samples >> 1 { return 12 }
        return samples <= 3 * self.samples >> 2 ? 8 : 6
    }

    /// Whether it allows pictures of this size, so many a second.
    package func holds(width: Int, height: Int, rate: Double) -> Bool {
        let side = (8 * Double(samples)).squareRoot()
        return width * height <= samples && Double(width) <= side && Double(height) <= side
            && Double(width * height) * rate <= Double(sampleRate)
    }
}
