import MezzCore
import MezzFormats
import MezzQC
import Testing

/// Streams that no encoder made: every figure is chosen.
enum Synthetic {
    /// Ticks of a picture.
    static let duration = 512

    /// What a stream of a codec says that keeps to a level, as far as its size lets it.
    static func description(
        _ codec: CodecFamily, _ level: String, _ width: Int, _ height: Int
    ) throws -> StreamDescription {
        let size = Resolution(width: width, height: height)
        let (limits, string, profile, number): (LevelLimits, String, String, Int)
        switch codec {
        case .avc:
            (string, profile, number) = ("avc1.64001e", "High", 100)
            limits = LevelLimits(try #require(AVCLevel.named(level)), profile: number, size: size)
        case .hevc:
            (string, profile, number) = ("hvc1.1.6.L93.90", "Main", 1)
            limits = LevelLimits(try #require(HEVCLevel.named(level)), isHighTier: false, size: size)
        case .av1:
            (string, profile, number) = ("av01.0.00M.08", "Main", 0)
            let named = try #require(AV1Level.all.first { $0.name == level })
            limits = LevelLimits(named, isHighTier: false, profile: number)
        }
        return StreamDescription(
            codec: codec, codecString: string,
            conformance: StreamDescription.Conformance(
                profile: profile, profileNumber: number, limits: limits, levelName: level),
            size: size, codedSize: size, bitDepth: 8, chromaFormat: 1, signal: .unspecified)
    }

    /// A stream without B-frames that begins with its only key frame.
    static func stream(
        _ description: StreamDescription, pictures: Int = 100, rate: Int = 25, bytes: Int = 100
    ) -> CodedStream {
        let list = (0..<pictures).map { number in
            StreamPicture(
                bytes: UInt32(bytes), decodeTime: number * duration, duration: UInt32(duration),
                access: number == 0 ? .idr : .none, traits: number == 0 ? .isSync : [])
        }
        return CodedStream(
            name: "v", timescale: rate * duration, descriptions: [(from: 0, description)], pictures: list)
    }

    /// A good stream to spoil: 320x192 at 25 frames a second.
    static func good(pictures: Int = 100, bytes: Int = 100) throws -> CodedStream {
        stream(try description(.avc, "3", 320, 192), pictures: pictures, bytes: bytes)
    }
}

extension CodedStream {
    func findings(_ expectation: StreamExpectation = StreamExpectation()) -> [Finding] {
        StreamAnalyzer.findings(self, expecting: expectation)
    }
}

extension [Finding] {
    var codes: [String] { map(\.code) }
}
