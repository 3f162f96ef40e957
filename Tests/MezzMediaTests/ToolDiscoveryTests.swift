import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Finding the tools")
struct ToolDiscoveryTests {
    @Test("a tool's own variable comes before MEZZ_TOOLS, which comes before PATH")
    func order() async throws {
        try await TestFolder.with { folder in
            let chosen = try Rig.program("chosen/my-ffmpeg", "", in: folder)
            let own = try Rig.program("own/ffmpeg", "", in: folder)
            let first = try Rig.program("first/ffmpeg", "", in: folder)
            try Rig.program("second/ffmpeg", "", in: folder)
            var environment = ["PATH": "\(folder("none")):\(folder("first")):\(folder("second"))"]
            #expect(Self.locate(.ffmpeg, environment) == first)
            environment["MEZZ_TOOLS"] = folder("own")
            #expect(Self.locate(.ffmpeg, environment) == own)
            environment["MEZZ_FFMPEG"] = chosen
            #expect(Self.locate(.ffmpeg, environment) == chosen)
            // An empty variable is no choice.
            environment["MEZZ_FFMPEG"] = ""
            environment["MEZZ_TOOLS"] = ""
            #expect(Self.locate(.ffmpeg, environment) == first)
        }
    }

    @Test("an explicit choice that is wrong is not replaced by another program")
    func wrongChoice() async throws {
        try await TestFolder.with { folder in
            try Rig.program("own/ffmpeg", "", in: folder)
            let environment = ["MEZZ_FFMPEG": folder("nothing"), "MEZZ_TOOLS": folder("own")]
            let failure = await #expect(throws: Failure.self) {
                try await ToolDiscovery(environment: environment, cache: nil).find(.ffmpeg)
            }
            #expect(failure?.status == .unavailable)
            #expect(failure?.place == "MEZZ_FFMPEG=" + folder("nothing"))
        }
    }

    @Test("folders and files that cannot be run are passed over")
    func notPrograms() async throws {
        try await TestFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder("a/ffmpeg"), withIntermediateDirectories: true)
            let file = try Rig.program("b/ffmpeg", "", in: folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            let real = try Rig.program("c/ffmpeg", "", in: folder)
            #expect(Self.locate(.ffmpeg, ["PATH": "\(folder("a")):\(folder("b")):\(folder("c"))"]) == real)
        }
    }

    @Test("a missing tool says how to get it, with the exit status for missing tools", arguments: Tool.allCases)
    func missing(_ tool: Tool) async {
        let failure = await #expect(throws: Failure.self) {
            try await ToolDiscovery(environment: [:], cache: nil).find(tool)
        }
        #expect(failure?.status.rawValue == 69)
        #expect(failure?.what == "\(tool.rawValue) not found")
        #expect(failure?.remedy.contains("scripts/setup") == true)
    }

    @Test("a tool that does not answer is unavailable, and its words are kept")
    func broken() async throws {
        try await TestFolder.with { folder in
            let path = try Rig.program("ffprobe", "echo 'cannot load libfoo.so' >&2; exit 127", in: folder)
            let failure = await #expect(throws: Failure.self) {
                try await ToolDiscovery(environment: ["MEZZ_FFPROBE": path], cache: nil).find(.ffprobe)
            }
            #expect(failure?.status == .unavailable)
            #expect(failure?.place == path)
            #expect(failure?.detail.contains("libfoo") == true)
        }
    }

    @Test(
        "the version is the word after \"version\"",
        arguments: [
            (Tool.ffprobe, "ffprobe version n8.1.2 Copyright (c) 2007-2026 the FFmpeg developers", "n8.1.2"),
            (.ffprobe, "ffprobe version 5.1.8-0+deb12u1 Copyright (c) 2007-2025", "5.1.8-0+deb12u1"),
            (.packager, "packager version v3.8.0-75b2faf-release", "v3.8.0-75b2faf-release"),
            (.packager, "", "unknown"), (.packager, "it has no version", "unknown"),
        ])
    func version(_ tool: Tool, _ output: String, _ expected: String) async throws {
        try await TestFolder.with { folder in
            let path = try Rig.program(tool.rawValue, "cat <<'END'\n\(output)\nEND", in: folder)
            let found = try await ToolDiscovery(environment: ["MEZZ_TOOLS": folder.path], cache: nil).find(tool)
            #expect(found == FoundTool(tool: tool, path: path, version: expected, features: []))
        }
    }

    @Test("FFmpeg's features are its encoders and filters, without the legends of its tables")
    func features() async throws {
        try await TestFolder.with { folder in
            try Rig.program("ffmpeg", Self.recordedFFmpeg, in: folder)
            let found = try await ToolDiscovery(environment: ["MEZZ_TOOLS": folder.path], cache: nil).find(.ffmpeg)
            #expect(found.version == "n9.0.2-17-g2a571b6068-20260930")
            #expect(found.features == ["libx264", "libsvtav1", "aac", "libvmaf", "scale", "abuffer"])
        }
    }

    private static func locate(_ tool: Tool, _ environment: [String: String]) -> String? {
        ToolDiscovery(environment: environment, cache: nil).locate(tool)
    }

    /// Prints excerpts of what FFmpeg n9.0.2 printed.
    static let recordedFFmpeg = """
        case "$*" in
        *-encoders) cat <<'END'
        Encoders:
         V..... = Video
         A..... = Audio
         .....D = Supports direct rendering method 1
         ------
         V....D libx264              libx264 H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10 (codec h264)
         V..... libsvtav1            SVT-AV1(Scalable Video Technology for AV1) encoder (codec av1)
         A....D aac                  AAC (Advanced Audio Coding)
        END
        ;;
        *-filters) cat <<'END'
        Filters:
          T.. = Timeline support
          A = Audio input/output
          | = Source or sink filter
          ------
         TS libvmaf           VV->V      Calculate the VMAF between two video streams.
         .. scale             V->V       Scale the input video size and/or convert the image format.
         .. abuffer           |->A       Buffer audio frames.
        END
        ;;
        *) echo "ffmpeg version n9.0.2-17-g2a571b6068-20260930 Copyright (c) 2000-2026 the FFmpeg developers" ;;
        esac
        """
}

@Suite("Remembering the tools")
struct ToolProbeCacheTests {
    /// The tool counts its calls in a file beside it.
    private static let counting = "echo x >> \"$0.calls\"; echo tool version $(wc -l < \"$0.calls\")"

    @Test("a tool that has not changed is not asked again")
    func hit() async throws {
        try await Self.bench { _, find in
            let versions = [try await find(), try await find()]
            #expect(versions == ["1", "1"])
        }
    }

    @Test("another time of modification means another program")
    func stale() async throws {
        try await Self.bench { folder, find in
            #expect(try await find() == "1")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: folder("packager"))
            #expect(try await find() == "2")
            #expect(try await find() == "2")
        }
    }

    @Test("another path means another program")
    func moved() async throws {
        try await Self.bench { folder, find in
            #expect(try await find() == "1")
            try FileManager.default.copyItem(atPath: folder("packager"), toPath: folder("copy"))
            let other = ["MEZZ_PACKAGER": folder("copy")]
            let cache = ToolProbeCache(folder: folder("cache"))
            #expect(try await ToolDiscovery(environment: other, cache: cache).find(.packager).path == folder("copy"))
        }
    }

    @Test("a cache that cannot be understood is as good as none", arguments: ["", "{}", "nonsense", "[1,2]", "\u{0}"])
    func damaged(_ content: String) async throws {
        try await Self.bench { folder, find in
            #expect(try await find() == "1")
            try folder.write(Data(content.utf8), to: "cache/packager.json")
            #expect(try await find() == "2")
            #expect(try await find() == "2")
        }
    }

    @Test("a cache that cannot be written is as good as none")
    func unwritable() async throws {
        try await Self.bench { folder, find in
            try folder.write(Data(), to: "cache")
            #expect(try await find() == "1")
            #expect(try await find() == "2")
        }
    }

    private static func bench(_ body: (TestFolder, () async throws -> String) async throws -> Void) async throws {
        try await TestFolder.with { folder in
            try Rig.program("packager", counting, in: folder)
            let cache = ToolProbeCache(folder: folder("cache"))
            let discovery = ToolDiscovery(environment: ["MEZZ_TOOLS": folder.path], cache: cache)
            try await body(folder) { try await discovery.find(.packager).version }
        }
    }
}
