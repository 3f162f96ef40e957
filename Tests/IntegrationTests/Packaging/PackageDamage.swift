import Foundation
import MezzCore
import MezzPackaging
import Testing

/// A way to spoil a good package, and what must be found then.
struct PackageDamage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let layout: SegmentLayout
    /// Codes that must be among the findings.
    let codes: [String]
    let apply: @Sendable (TestPackage) async throws -> Void

    static let all: [PackageDamage] = [
        PackageDamage("a rung's file is gone", .onDemand, ["package.track.missing", "package.file.missing"]) {
            try FileManager.default.removeItem(atPath: $0.folder + "/video/avc-72p.mp4")
        },
        PackageDamage("a segment is gone", .segmented, ["package.track.missing", "package.file.missing"]) {
            try FileManager.default.removeItem(atPath: $0.folder + "/video/avc-72p/00002.m4s")
        },
        PackageDamage("the last segment is gone", .segmented, ["package.track.frames", "package.file.missing"]) {
            try FileManager.default.removeItem(atPath: $0.folder + "/video/avc-72p/00004.m4s")
        },
        PackageDamage("a file is cut off", .onDemand, ["package.track.damaged", "package.file.range"]) {
            try $0.edit("video/avc-90p.mp4") { $0.removeLast(700) }
        },
        PackageDamage("a segment is cut off", .segmented, ["package.track.damaged"]) {
            try $0.edit("video/avc-90p/00003.m4s") { $0.removeLast(700) }
        },
        PackageDamage("the sound is cut off", .onDemand, ["package.track.damaged"]) {
            try $0.edit("audio/main.mp4") { $0.removeLast(100) }
        },
        PackageDamage("a playlist names a missing file", .segmented, ["package.file.missing", "package.playback"]) {
            try $0.replace("00003.m4s", with: "00033.m4s", in: "video/avc-72p.m3u8")
        },
        PackageDamage("the DASH manifest names a missing file", .onDemand, ["package.file.missing"]) {
            try $0.replace("video/avc-72p.mp4", with: "video/avc-73p.mp4", in: "manifest.mpd")
        },
        PackageDamage("a byte range beyond the file", .onDemand, ["package.file.range", "package.manifest.segments"]) {
            try $0.replace("#EXT-X-BYTERANGE:", with: "#EXT-X-BYTERANGE:9", in: "video/avc-72p.m3u8")
        },
        PackageDamage("a playlist leads out of the package", .onDemand, ["package.manifest.escape"]) {
            try $0.replace("\navc-72p.mp4", with: "\n../../etc/passwd", in: "video/avc-72p.m3u8")
        },
        PackageDamage("a playlist names a URL", .segmented, ["package.manifest.escape"]) {
            try $0.replace("avc-72p/00002.m4s", with: "http://localhost/x.m4s", in: "video/avc-72p.m3u8")
        },
        PackageDamage("an escaped way out in the DASH manifest", .onDemand, ["package.manifest.escape"]) {
            try $0.replace("video/avc-72p.mp4", with: "video/%2e%2e%2f%2E./etc/passwd", in: "manifest.mpd")
        },
        PackageDamage("a master that leads out", .onDemand, ["package.manifest.escape"]) {
            try $0.replace("\nvideo/avc-72p.m3u8", with: "\n/etc/passwd", in: "master.m3u8")
        },
        PackageDamage("a symbolic link", .onDemand, ["package.manifest.escape", "package.track.damaged"]) {
            let path = $0.folder + "/video/avc-72p.mp4"
            try FileManager.default.moveItem(atPath: path, toPath: $0.temporary.path + "/moved.mp4")
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: $0.temporary.path + "/moved.mp4")
        },
        PackageDamage("a DOCTYPE", .onDemand, ["package.manifest.unreadable"]) {
            try $0.replace("<!--Gen", with: "<!DOCTYPE MPD SYSTEM \"/etc/passwd\"><!--Gen", in: "manifest.mpd")
        },
        PackageDamage("no master", .onDemand, ["package.manifest.missing"]) {
            try FileManager.default.removeItem(atPath: $0.folder + "/master.m3u8")
        },
        PackageDamage("a variant without CODECS", .onDemand, ["package.manifest.attributes"]) {
            try $0.replace("CODECS=\"avc1", with: "X-CODECS=\"avc1", in: "master.m3u8")
        },
        PackageDamage("a mean rate of half of what it is", .segmented, ["package.manifest.rate"]) {
            try $0.change(in: "master.m3u8") { text in
                text.replacing(#/AVERAGE-BANDWIDTH=([0-9]+)/#) { "AVERAGE-BANDWIDTH=\((Int($0.1) ?? 0) / 2)" }
            }
        },
        PackageDamage("a key frame cut short in an I-frame playlist", .onDemand, ["package.manifest.segments"]) {
            try $0.change(in: "video/avc-72p-iframes.m3u8") { text in
                text.replacing(#/#EXT-X-BYTERANGE:([0-9]+)@/#) { "#EXT-X-BYTERANGE:\((Int($0.1) ?? 0) - 1)@" }
            }
        },
        PackageDamage("a playlist without its end", .onDemand, ["package.manifest.open"]) {
            try $0.replace("#EXT-X-ENDLIST", with: "", in: "video/avc-72p.m3u8")
        },
        PackageDamage("another duration", .onDemand, ["package.manifest.duration"]) {
            try $0.replace("PT4.004S", with: "PT5.004S", in: "manifest.mpd")
        },
        PackageDamage(
            "one frame too few", .onDemand, ["package.track.frames", "package.segments.unaligned", "package.playback"]
        ) {
            try await $0.substitute(
                $0.media.video("avc-72p", .avc, 128, 72, frames: $0.media.frames - 1, file: "short.mp4"))
        },
        PackageDamage("another picture size", .onDemand, ["package.track.resolution", "package.manifest.segments"]) {
            try await $0.substitute($0.media.video("avc-72p", .avc, 112, 64, file: "small.mp4"))
        },
        PackageDamage("another codec", .onDemand, ["package.track.codec"]) {
            try await $0.substitute($0.media.video("avc-72p", .hevc, 128, 72, file: "hevc.mp4"))
        },
        PackageDamage("sound that is too short", .onDemand, ["package.sync.duration", "package.track.duration"]) {
            try await $0.substitute($0.media.audio("main", seconds: $0.media.seconds - 0.1))
        },
        PackageDamage("a flipped length inside the media", .onDemand, ["package.track.decode"]) {
            try $0.flipMedia("video/avc-90p.mp4")
        },
        PackageDamage("a flipped length inside a segment", .segmented, ["package.track.decode"]) {
            try $0.flipMedia("video/avc-90p/00002.m4s")
        },
        PackageDamage("a wrong index", .onDemand, ["package.track.index"]) {
            try $0.edit("video/avc-90p.mp4") { bytes in
                // Duration of the first entry of the index: version 0, after box header, flags, ids and counts.
                guard let mark = bytes.firstRange(of: Array("sidx".utf8)) else { return }
                bytes[mark.lowerBound + 4 + 24 + 6] ^= 1
            }
        },
        PackageDamage("a shifted segment", .segmented, ["package.track.timing"]) {
            try $0.edit("video/avc-90p/00002.m4s") { bytes in
                guard let mark = bytes.firstRange(of: Array("tfdt".utf8)) else { return }
                bytes[mark.lowerBound + 4 + 4 + 3] ^= 8
            }
        },
        PackageDamage("CODECS of another level", .onDemand, ["stream.codecs"]) {
            for manifest in ["master.m3u8", "manifest.mpd"] {
                try $0.change(in: manifest) { text in
                    text.replacing(#/avc1\.([0-9a-fA-F]{4})[0-9a-fA-F]{2}/#) { "avc1.\($0.1)33" }
                }
            }
        },
        PackageDamage("a fragment without its media data", .onDemand, ["stream.cmaf"]) {
            try $0.edit("video/avc-90p.mp4") { bytes in
                guard let mark = bytes.ranges(of: Array("mdat".utf8)).dropFirst().first else { return }
                bytes.replaceSubrange(mark, with: Array("free".utf8))
            }
        },
        PackageDamage("a segment decoded later", .segmented, ["stream.time.order", "stream.time.gap"]) {
            try $0.edit("video/avc-90p/00002.m4s") { bytes in
                guard let mark = bytes.firstRange(of: Array("tfdt".utf8)) else { return }
                let last = mark.upperBound + (bytes[mark.upperBound] == 1 ? 11 : 7)
                bytes[last] ^= 8
            }
        },
        PackageDamage("another level in the stream", .onDemand, ["stream.level.unknown"]) {
            try $0.edit("video/avc-90p.mp4") { bytes in
                guard let mark = bytes.firstRange(of: Array("avcC".utf8)) else { return }
                let old = Array(bytes[mark.upperBound + 1...mark.upperBound + 3])
                for range in bytes.ranges(of: old) { bytes[range.upperBound - 1] = 99 }
            }
        },
    ]

    private init(
        _ name: String, _ layout: SegmentLayout, _ codes: [String],
        apply: @escaping @Sendable (TestPackage) async throws -> Void
    ) {
        testDescription = name
        self.layout = layout
        self.codes = codes
        self.apply = apply
    }
}

extension TestPackage {
    func edit(_ file: String, _ change: (inout [UInt8]) -> Void) throws {
        let url = URL(fileURLWithPath: folder + "/" + file)
        var bytes = Array(try Data(contentsOf: url))
        change(&bytes)
        try Data(bytes).write(to: url)
    }

    func replace(_ old: String, with new: String, in file: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + file)
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        try #require(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: url)
    }

    func change(in file: String, _ change: (String) -> String) throws {
        let url = URL(fileURLWithPath: folder + "/" + file)
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        let changed = change(text)
        try #require(changed != text)
        try Data(changed.utf8).write(to: url)
    }

    /// Packages with another track in place of the one with its id, and puts its file into this package as if
    /// nothing had been noticed.
    func substitute(_ track: PackageTrack) async throws {
        let other = try temporary.folder("other")
        let partner = track.kind == .video ? [] : tracks.filter { $0.kind == .video }
        _ = try await Packager(runner: media.runner).package(
            [track] + partner, segmentSeconds: 1, layout: .onDemand, into: other)
        for name in [track.kind.rawValue + "/" + track.id + ".mp4", track.kind.rawValue + "/" + track.id + ".m3u8"] {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
            try FileManager.default.copyItem(atPath: other + "/" + name, toPath: folder + "/" + name)
        }
    }

    /// Flips a bit in the length of the first NAL unit of the last media data.
    func flipMedia(_ file: String) throws {
        try edit(file) { bytes in
            guard let mark = bytes.ranges(of: Array("mdat".utf8)).last else { return }
            bytes[mark.upperBound + 1] ^= 0x40
        }
    }
}
