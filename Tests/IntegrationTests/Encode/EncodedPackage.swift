import Foundation
import MezzTestKit
import Testing

/// A package in a test's folder, read as a player and as a script read it.
struct EncodedPackage {
    let folder: TestFolder
    let name: String
    let report: JSONValue

    init(_ name: String, in folder: TestFolder) throws {
        self.name = name
        self.folder = folder
        report = try folder.json(name + "/report.json")
    }

    struct Rung {
        let id: String
        let codec: String
        let height: Int
        let frames: Int
        let segments: [Range<Int>]
    }

    var rungs: [Rung] {
        report["ladder"]["rungs"].items.map { rung in
            Rung(
                id: rung["id"].string ?? "", codec: rung["codec"].string ?? "", height: rung["height"].int ?? 0,
                frames: rung["frames"].int ?? 0,
                segments: rung["segments"].items.map { ($0["first_frame"].int ?? 0)..<($0["end_frame"].int ?? 0) })
        }
    }

    var shotStarts: [Int] { report["shots"].items.compactMap { $0["first_frame"].int } }

    var audioIDs: [String] { report["audio"].items.compactMap { $0["id"].string } }

    /// The bytes of everything a player loads, by name.
    func media() throws -> [String: Data] {
        let files = try folder.files(under: name).filter { file in
            ["video/", "audio/", "thumbnails/", "manifest.mpd", "master.m3u8"].contains(where: file.hasPrefix)
        }
        return try Dictionary(uniqueKeysWithValues: files.map { ($0, try folder.data(name + "/" + $0)) })
    }

    /// Expects the layout of an on-demand package: no name more, none less.
    func expectOnDemandLayout() throws {
        let top = Set(folder.names(in: name))
        #expect(top.isSubset(of: PackageContract.names), "\(top)")
        #expect(top.isSuperset(of: PackageContract.required), "\(top)")
        let video = rungs.flatMap { ["\($0.id).mp4", "\($0.id).m3u8", "\($0.id)-iframes.m3u8"] }
        #expect(Set(folder.names(in: name + "/video")) == Set(video))
        #expect(Set(folder.names(in: name + "/audio")) == Set(audioIDs.flatMap { ["\($0).mp4", "\($0).m3u8"] }))
        let manifest = try folder.text(name + "/manifest.mpd")
        let master = try folder.text(name + "/master.m3u8")
        for track in rungs.map({ "video/\($0.id)" }) + audioIDs.map({ "audio/\($0)" }) {
            #expect(manifest.contains("<BaseURL>\(track).mp4</BaseURL>"))
            #expect(master.contains("\(track).m3u8"))
        }
    }

    /// Expects unique ids of the agreed form.
    func expectNames() {
        #expect(Set(rungs.map(\.id)).count == rungs.count)
        for rung in rungs {
            let form = /(avc|hevc|av1)-([0-9]+)p-([0-9]+k|q[0-9]+)(-[0-9]+)?/
            let match = rung.id.wholeMatch(of: form)
            #expect(match != nil, "\(rung.id)")
            #expect(match.map { String($0.output.1) } == rung.codec)
        }
    }

    /// Expects that every rung holds every frame, with a key frame at each shot and each segment on the same grid.
    func expectPictures(frames: Int, segmentFrames: Int) async throws {
        let reader = try MediaReader(in: folder)
        for rung in rungs {
            let file = folder("\(name)/video/\(rung.id).mp4")
            let picture = try await reader.picture(file)
            #expect(rung.frames == frames, "\(rung.id)")
            #expect(picture.frames == frames, "\(rung.id)")
            #expect(try await reader.decodedFrames(file) == frames, "\(rung.id)")
            #expect(Set(picture.keyFrames).isSuperset(of: shotStarts), "\(rung.id): \(picture.keyFrames)")
            #expect(Set(picture.keyFrames).isSuperset(of: rung.segments.map(\.lowerBound)), "\(rung.id)")
            #expect(rung.segments == rungs.first?.segments, "\(rung.id) is not aligned")
        }
        let segments = rungs.first?.segments ?? []
        #expect(segments.first?.lowerBound == 0)
        #expect(segments.last?.upperBound == frames)
        #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(segments.allSatisfy { $0.count <= segmentFrames }, "\(segments)")
    }

    /// Expects each sound track at −24 LKFS with peaks of at most −2 dBTP, as long as the picture.
    func expectSound(seconds: Double) async throws {
        let reader = try MediaReader(in: folder)
        for id in audioIDs {
            let file = folder("\(name)/audio/\(id).mp4")
            let loudness = try await reader.loudness(file)
            #expect(abs(loudness.integrated + 24) <= 0.5, "\(id): \(loudness.integrated) LKFS")
            #expect(loudness.truePeak <= -2, "\(id): \(loudness.truePeak) dBTP")
            #expect(abs(try await reader.soundEnd(file) - seconds) <= 0.04, "\(id)")
        }
        for rung in rungs {
            let end = try await reader.picture(folder("\(name)/video/\(rung.id).mp4")).endSeconds
            #expect(abs(end - seconds) <= 0.04, "\(rung.id)")
        }
    }
}
