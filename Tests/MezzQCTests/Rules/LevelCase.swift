import MezzCore
import MezzQC
import Testing

/// A stream at a limit of its level, and what takes it over.
struct LevelCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let codec: CodecFamily
    let level: String
    /// Width, height and pictures a second that the level still allows, and those that it does not.
    let within: (Int, Int, Int)
    let beyond: (Int, Int, Int)
    let rule: StreamRule
    /// In the message: the limit, and the smallest level that fits.
    let limit: String
    let smallest: String
    var change: @Sendable (inout CodedStream, _ isBeyond: Bool) -> Void = { _, _ in }

    func stream(isBeyond: Bool) throws -> CodedStream {
        let (width, height, rate) = isBeyond ? beyond : within
        var stream = Synthetic.stream(try Synthetic.description(codec, level, width, height), rate: rate)
        change(&stream, isBeyond)
        return stream
    }

    static let all = sizes + rates + buffers + tiles

    private static let sizes = [
        LevelCase("AVC's picture", .avc, "3", (720, 576, 25), (736, 576, 24), .levelPicture, "414720", "3.1"),
        LevelCase("AVC's longest side", .avc, "3", (1808, 16, 25), (1824, 16, 25), .levelPicture, "1808", "3.1"),
        LevelCase("AVC's tallest side", .avc, "1", (16, 448, 50), (16, 464, 50), .levelPicture, "448", "1.1"),
        LevelCase("HEVC's picture", .hevc, "3", (960, 576, 25), (968, 576, 25), .levelPicture, "552960", "3.1"),
        LevelCase("HEVC's longest side", .hevc, "3", (2096, 64, 25), (2112, 64, 25), .levelPicture, "2103", "3.1"),
        LevelCase("AV1's picture", .av1, "2.0", (512, 288, 25), (520, 288, 25), .levelPicture, "147456", "2.1"),
        LevelCase("AV1's width", .av1, "2.0", (2048, 64, 25), (2056, 64, 25), .levelPicture, "2048", "2.1"),
        LevelCase("AV1's height", .av1, "2.0", (64, 1152, 25), (64, 1160, 25), .levelPicture, "1152", "2.1"),
    ]

    private static let rates = [
        LevelCase("AVC's rate", .avc, "3", (720, 576, 25), (720, 576, 26), .levelRate, "10368000", "3.1"),
        LevelCase("HEVC's rate", .hevc, "3", (960, 576, 30), (960, 576, 31), .levelRate, "16588800", "3.1"),
        LevelCase("AV1's rate of display", .av1, "2.0", (512, 288, 30), (512, 288, 31), .levelRate, "4423680", "2.1"),
        LevelCase("AV1's hidden frames", .av1, "2.0", (512, 288, 30), (512, 288, 30), .levelRate, "5529600", "2.1") {
            stream, isBeyond in
            for number in stream.pictures.indices where number % (isBeyond ? 3 : 4) == 0 {
                stream.pictures[number].frames = 2
            }
        },
        LevelCase("AV1's headers", .av1, "2.0", (16, 16, 150), (16, 16, 151), .levelRate, "150", "4.0"),
    ]

    private static let buffers = [
        kept("AVC's pictures kept", .avc, (720, 576, 25), most: 5, "3.1"),
        kept("AVC's pictures kept, small ones", .avc, (320, 192, 25), most: 16, nil),
        kept("HEVC's pictures kept", .hevc, (960, 576, 25), most: 6, "3.1"),
        kept("HEVC's pictures kept, small ones", .hevc, (320, 192, 25), most: 16, nil),
    ]

    private static let tiles = [
        tiles("HEVC's columns", .hevc, "3", (2, 2), (3, 2), "allows 2", "3.1"),
        tiles("HEVC's rows", .hevc, "3", (2, 2), (2, 3), "allows 2", "3.1"),
        tiles("AV1's columns", .av1, "2.0", (4, 1), (5, 1), "allows 4", "3.0"),
        tiles("AV1's tiles", .av1, "2.0", (4, 2), (4, 3), "allows 8", "3.0"),
    ]

    private init(
        _ name: String, _ codec: CodecFamily, _ level: String, _ within: (Int, Int, Int), _ beyond: (Int, Int, Int),
        _ rule: StreamRule, _ limit: String, _ smallest: String,
        _ change: @escaping @Sendable (inout CodedStream, Bool) -> Void = { _, _ in }
    ) {
        testDescription = name
        self.codec = codec
        self.level = level
        self.within = within
        self.beyond = beyond
        self.rule = rule
        self.limit = limit
        self.smallest = smallest == "" ? "no level is wide enough" : "level \(smallest) is the smallest that fits"
        self.change = change
    }

    private static func kept(
        _ name: String, _ codec: CodecFamily, _ shape: (Int, Int, Int), most: Int, _ smallest: String?
    ) -> LevelCase {
        LevelCase(name, codec, "3", shape, shape, .levelBuffer, "allows \(most) at this size", smallest ?? "") {
            stream, isBeyond in
            stream.descriptions[0].1.bufferedPictures = isBeyond ? most + 1 : most
        }
    }

    private static func tiles(
        _ name: String, _ codec: CodecFamily, _ level: String, _ within: (Int, Int), _ beyond: (Int, Int),
        _ limit: String, _ smallest: String
    ) -> LevelCase {
        LevelCase(name, codec, level, (256, 144, 25), (256, 144, 25), .levelTiles, limit, smallest) {
            stream, isBeyond in
            (stream.descriptions[0].1.tileColumns, stream.descriptions[0].1.tileRows) = isBeyond ? beyond : within
        }
    }
}
