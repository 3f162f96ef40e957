import Foundation
import MezzCore
import MezzFormats
import MezzMedia
import MezzPackaging
import MezzQC
import MezzTestKit
import Testing

@Suite("HDR metadata in packages", .serialized, .timeLimit(.minutes(5)))
struct HDRPackageTests {
    @Test(
        "The container says what the stream says, every check passes", arguments: [SegmentLayout.onDemand, .segmented])
    func told(_ layout: SegmentLayout) async throws {
        let package = try await HDRPackage.make(layout)
        #expect(try await package.findings() == [])
        for id in ["hevc", "av1"] {
            let data = try await package.sideData(id)
            let display = try #require(data["Mastering display metadata"])
            #expect(display["red_x"].string == "34000/50000" && display["white_point_y"].string == "16450/50000")
            #expect(display["max_luminance"].string == "10000000/10000" && display["min_luminance"].string == "1/10000")
            let light = try #require(data["Content light level metadata"])
            #expect(light["max_content"].int == 1000 && light["max_average"].int == 400)
        }
        #expect(try await package.sideData("avc").isEmpty)
    }

    @Test("Nothing but the movie of HDR tracks changes, and that not in length")
    func inPlace() async throws {
        let package = try await HDRPackage.make(.onDemand)
        let plain = try await package.packagedAlone()
        for id in ["hevc", "av1", "avc"] {
            let ours = try FileBytes.contents(of: package.folder + "/video/\(id).mp4", limit: 1 << 24)
            let theirs = try FileBytes.contents(of: plain + "/\(id).mp4", limit: 1 << 24)
            #expect(ours.count == theirs.count)
            let movie = try #require(try MP4File.read(theirs).boxes.first { $0.type == "moov" })
            #expect(ours[..<movie.start] == theirs[..<movie.start] && ours[movie.end...] == theirs[movie.end...])
            var undated = theirs
            for range in try MP4Dates.ranges(theirs) {
                undated.replaceSubrange(range, with: [UInt8](repeating: 0, count: range.count))
            }
            #expect((ours == undated) == (id == "avc"))
        }
    }

    @Test("Every byte range of the key frames' playlist is a picture that decodes", arguments: ["hevc", "av1"])
    func keyFrames(_ id: String) async throws {
        let package = try await HDRPackage.make(.onDemand)
        let list = try FileBytes.contents(of: package.folder + "/video/\(id)-iframes.m3u8", limit: 1 << 20)
        let playlist = try MediaPlaylist.read(list)
        let bytes = try FileBytes.contents(of: package.folder + "/video/\(id).mp4", limit: 1 << 24)
        let header = try #require(playlist.map?.bytes)
        #expect(playlist.segments.count == 4)
        for (index, segment) in playlist.segments.enumerated() {
            let picture = try #require(segment.resource.bytes)
            let path = package.temporary.path + "/\(id)-\(index).mp4"
            try Data(bytes[header] + bytes[picture]).write(to: URL(fileURLWithPath: path))
            #expect(try await package.pictures(path) == 1)
        }
    }

    @Test("A container that says less, or something else, is found", arguments: HDRDamage.all)
    func damage(_ damage: HDRDamage) async throws {
        let package = try await HDRPackage.make(damage.layout)
        let file = package.folder + "/video/" + (damage.layout == .onDemand ? "hevc.mp4" : "hevc/init.mp4")
        var bytes = try FileBytes.contents(of: file, limit: 1 << 24)
        damage.change(&bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let findings = try await package.findings()
        #expect(findings.map(\.code) == ["stream.hdr.container"])
        #expect(findings.first?.message.contains(damage.words) == true, "\(findings)")
        #expect(findings.first?.place.stream == "hevc")
    }
}

/// What a box is made to say.
struct HDRDamage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var layout = SegmentLayout.onDemand
    let words: String
    let change: @Sendable (inout [UInt8]) -> Void

    static let all = [
        HDRDamage(testDescription: "no mdcv", words: "no mdcv,") { $0.rename("mdcv") },
        HDRDamage(testDescription: "no clli", layout: .segmented, words: "no clli,") { $0.rename("clli") },
        HDRDamage(testDescription: "nothing", words: "no colr and no mdcv and no clli,") { bytes in
            for box in ["colr", "mdcv", "clli"] { bytes.rename(box) }
        },
        HDRDamage(testDescription: "another brightest display", layout: .segmented, words: "two different") {
            $0.flip("mdcv", at: 17)
        },
        HDRDamage(testDescription: "another brightest picture", words: "clli says 1000 and 401") {
            $0.flip("clli", at: 3)
        },
    ]
}

extension [UInt8] {
    /// Makes free space of a box.
    fileprivate mutating func rename(_ box: String) {
        guard let name = firstRange(of: Array(box.utf8)) else { return }
        replaceSubrange(name, with: Array("free".utf8))
    }

    /// Changes the last bit of a byte of a box's contents.
    fileprivate mutating func flip(_ box: String, at offset: Int) {
        guard let name = firstRange(of: Array(box.utf8)) else { return }
        self[name.upperBound + offset] ^= 1
    }
}
