/// A level of AVC and what it allows (ITU-T H.264, table A-1).
package struct AVCLevel: Hashable, Sendable {
    /// "4.1", "1b"
    package let name: String
    /// level_idc; 11 for both 1b and 1.1.
    package let number: Int
    /// MaxMBPS: macroblocks a second.
    package let blockRate: Int
    /// MaxFS: macroblocks of a picture.
    package let blocks: Int
    /// MaxDpbMbs: macroblocks of the decoded picture buffer.
    package let bufferedBlocks: Int
    /// MaxBR, in units of `bitFactor`.
    package let rate: Int
    /// MaxCPB, in units of `bitFactor`.
    package let buffer: Int

    /// Bits a second and bits of the coded picture buffer that one unit of `rate` and `buffer` stands for: cpbBrNalFactor
    /// (clause A.3.3), by profile_idc.
    package static func bitFactor(profile: Int) -> Int {
        switch profile {
        case 100: 1500
        case 110: 3600
        case 122, 244, 44: 4800
        default: 1200
        }
    }

    /// In ascending order.
    package static let all: [AVCLevel] = [
        AVCLevel("1", 10, 1485, 99, 396, 64, 175), AVCLevel("1b", 9, 1485, 99, 396, 128, 350),
        AVCLevel("1.1", 11, 3000, 396, 900, 192, 500), AVCLevel("1.2", 12, 6000, 396, 2376, 384, 1000),
        AVCLevel("1.3", 13, 11880, 396, 2376, 768, 2000), AVCLevel("2", 20, 11880, 396, 2376, 2000, 2000),
        AVCLevel("2.1", 21, 19800, 792, 4752, 4000, 4000), AVCLevel("2.2", 22, 20250, 1620, 8100, 4000, 4000),
        AVCLevel("3", 30, 40500, 1620, 8100, 10000, 10000), AVCLevel("3.1", 31, 108_000, 3600, 18000, 14000, 14000),
        AVCLevel("3.2", 32, 216_000, 5120, 20480, 20000, 20000),
        AVCLevel("4", 40, 245_760, 8192, 32768, 20000, 25000),
        AVCLevel("4.1", 41, 245_760, 8192, 32768, 50000, 62500),
        AVCLevel("4.2", 42, 522_240, 8704, 34816, 50000, 62500),
        AVCLevel("5", 50, 589_824, 22080, 110_400, 135_000, 135_000),
        AVCLevel("5.1", 51, 983_040, 36864, 184_320, 240_000, 240_000),
        AVCLevel("5.2", 52, 2_073_600, 36864, 184_320, 240_000, 240_000),
        AVCLevel("6", 60, 4_177_920, 139_264, 696_320, 240_000, 240_000),
        AVCLevel("6.1", 61, 8_355_840, 139_264, 696_320, 480_000, 480_000),
        AVCLevel("6.2", 62, 16_711_680, 139_264, 696_320, 800_000, 800_000),
    ]

    private init(
        _ name: String, _ number: Int, _ blockRate: Int, _ blocks: Int, _ bufferedBlocks: Int, _ rate: Int,
        _ buffer: Int
    ) {
        self.name = name
        self.number = number
        self.blockRate = blockRate
        self.blocks = blocks
        self.bufferedBlocks = bufferedBlocks
        self.rate = rate
        self.buffer = buffer
    }

    /// The level that a sequence parameter set names.
    /// - Parameter constraints: constraint_set0_flag and the following as their byte; set 3 turns 1.1 into 1b in the older
    ///   profiles.
    package static func numbered(_ number: Int, profile: Int, constraints: Int) -> AVCLevel? {
        let isOlder = profile == 66 || profile == 77 || profile == 88
        if number == 11, isOlder, constraints & 0x10 != 0 { return all.first { $0.number == 9 } }
        return all.first { $0.number == number }
    }

    /// The level of a name such as "4.1" or "4.0".
    package static func named(_ name: String) -> AVCLevel? {
        let name = name.hasSuffix(".0") ? String(name.dropLast(2)) : name
        return all.first { $0.name == name }
    }

    /// The longest side of a picture, in macroblocks (A.3.1, items f and g).
    package var longestSide: Int { Int((8 * Double(blocks)).squareRoot()) }

    /// Frames that the decoded picture buffer holds (MaxDpbFrames).
    package func bufferedFrames(blocks: Int) -> Int { blocks > 0 ? min(bufferedBlocks / blocks, 16) : 16 }

    /// Whether it allows pictures of so many macroblocks, so many of them a second.
    package func holds(wide: Int, high: Int, rate: Double) -> Bool {
        wide * high <= blocks && wide <= longestSide && high <= longestSide
            && Double(wide * high) * rate <= Double(blockRate)
    }
}
