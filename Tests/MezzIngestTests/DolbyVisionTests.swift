import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

@Suite("Dolby Vision sources", .timeLimit(.minutes(2)))
struct DolbyVisionTests {
    /// A PQ picture whose sample entry has a Dolby Vision configuration (`dvcC`, ETSI TS 103 572).
    private static func source(profile: UInt8, compatibility: UInt8, in folder: TestFolder) async throws -> String {
        let tags = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
        let path = try await MediaMaker(in: folder).make(
            "plain-\(profile).mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=128x72:r=25:d=0.2,format=yuv420p10le,\(tags)", "-c:v", "libx265",
                "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=none:pools=1",
            ])
        // Version 1.0; level 3; units and base layer are there, no second layer.
        let record = Data([1, 0, profile << 1, 3 << 3 | 0b101, compatibility << 4]) + Data(count: 19)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try append(Data([0, 0, 0, 32]) + Data("dvcC".utf8) + record, to: &bytes)
        return try folder.write(bytes, to: "vision-\(profile).mp4")
    }

    /// Puts a box behind `hvcC` and lengthens all that it lies in; the samples lie before them.
    private static func append(_ box: Data, to file: inout Data) throws {
        var places: [Int] = []
        for name in ["moov", "trak", "mdia", "minf", "stbl", "stsd", "hvc1", "hvcC"] {
            let found = try #require(file.range(of: Data(name.utf8), in: (places.last ?? 0)..<file.count))
            places.append(found.lowerBound - 4)
        }
        let last = try #require(places.last)
        let end = last + size(at: last, of: file)
        for place in places.dropLast() {
            let longer = UInt32(size(at: place, of: file) + box.count)
            file.replaceSubrange(place..<place + 4, with: withUnsafeBytes(of: longer.bigEndian) { Data($0) })
        }
        file.insert(contentsOf: box, at: end)
    }

    private static func size(at place: Int, of file: Data) -> Int {
        file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    @Test("A picture that is HDR10 by itself is delivered, and the loss is said", arguments: [7, 8] as [UInt8])
    func delivered(_ profile: UInt8) async throws {
        try await TestFolder.with { folder in
            let path = try await Self.source(profile: profile, compatibility: profile == 8 ? 1 : 6, in: folder)
            let info = try await Inspector(runner: TestTools.runner()).inspect(path)
            let finding = try #require(info.findings.first { $0.code == "source.dolby-vision" })
            #expect(finding.severity == .warning && finding.message.contains("profile \(profile)"))
            #expect(finding.message.contains("second") == (profile == 7))
        }
    }

    @Test("A picture that means nothing without its metadata is refused")
    func refused() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.source(profile: 5, compatibility: 0, in: folder)
            let failure = await #expect(throws: Failure.self) {
                try await Inspector(runner: TestTools.runner()).inspect(path)
            }
            #expect(failure?.status == .input && failure?.what.contains("Dolby Vision profile 5") == true)
        }
    }
}
