import Foundation
import MezzCertify
import MezzCore
import MezzMedia
import Testing

/// What decoders say of streams that are not as they should be.
@Suite(.timeLimit(.minutes(5))) struct DecoderTests {
    private let stream = CertificationStream(
        purpose: .smallest, size: Resolution(width: 64, height: 64), frameRate: 30, frames: 8)

    @Test func whatIsNoVideoIsNotTakenForDecoded() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        try Data("no video at all".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + stream.file))
        let decoders = try await StreamTools.decoders()
        for (codec, name) in CertificationTests.levels {
            let level = try CertificationLevel.named(name, of: codec)
            let results = try await decoders.decode(stream, level: level, in: folder.path)
            #expect(!results.isEmpty)
            #expect(results.allSatisfy { $0.hasFailed && $0.failure?.isEmpty == false })
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [stream.file])
        }
    }

    @Test func limitsThatAreKnownAreTold() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let decoders = try await StreamTools.decoders(path: "")
        for (name, isLimited) in [("5.2", false), ("6", true)] {
            let results = try await decoders.decode(
                stream, level: try CertificationLevel.named(name, of: .avc), in: folder.path)
            #expect(results.first { $0.decoder == .h264 }?.limit == nil)
            let other = results.first { $0.decoder == .libopenh264 }
            #expect(other.map { ($0.limit != nil) == isLimited } ?? true)
        }
    }

    /// The pictures of HEVC carry sums; one that is wrong must not pass, whoever is asked.
    @Test func aPictureThatIsNotTheEncodersIsFound() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let encoder = CertificationEncoder(runner: try await StreamTools.runner(), verify: StreamTools.verdict)
        let level = try CertificationLevel.named("2", of: .hevc)
        _ = try await encoder.build(stream, level: level, in: folder.path)
        let decoders = try await StreamTools.decoders()
        let sound = try await decoders.decode(stream, level: level, in: folder.path)
        #expect(sound.allSatisfy { $0.frames == stream.frames } && Set(sound.map(\.pictures)).count == 1)

        let path = URL(fileURLWithPath: folder.path + "/" + stream.file)
        var bytes = try Data(contentsOf: path)
        // A suffix SEI unit (type 40) with a picture's sums: payload 132, 49 bytes, by MD5.
        let sums = try #require(bytes.range(of: Data([0x50, 0x01, 132, 49, 0])))
        bytes[sums.upperBound + 3] ^= 0x55
        try bytes.write(to: path)
        let damaged = try await decoders.decode(stream, level: level, in: folder.path)
        #expect(damaged.first { $0.decoder == .hevc }?.hasFailed == true)
    }
}
