import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit

/// An inspection of a file of which ffprobe would say what a test wants it to say.
struct FakeProbe {
    /// Members of the picture stream's JSON; replaced and added to the usual ones.
    var stream: [String: String] = [:]
    var format: [String: String] = [:]
    /// Presentation times of the picture's packets, seconds.
    var times: [Double] = FakeProbe.grid(48, rate: 24)
    /// Lines in place of the packets.
    var packetLines: [String]?

    static func grid(_ count: Int, rate: Double, from first: Double = 0) -> [Double] {
        (0..<count).map { first + Double($0) / rate }
    }

    func inspect() async throws -> SourceInfo {
        try await TestFolder.with { folder in
            let probe = try folder.write(Data(("#!/bin/sh\n" + script).utf8), to: "ffprobe")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: probe)
            let film = try folder.write(Data("film".utf8), to: "film.mov")
            let tool = FoundTool(tool: .ffprobe, path: probe, version: "0", features: [])
            return try await Inspector(runner: ToolRunner(tools: ToolSet([tool]))).inspect(film)
        }
    }

    private var script: String {
        let lines = packetLines ?? times.map { "0,\($0),0.04" }
        return "case \"$*\" in\n*-show_streams*) cat <<'END'\n\(json)\nEND\n;;\n*) cat <<'END'\n"
            + lines.joined(separator: "\n") + "\nEND\n;;\nesac\n"
    }

    private var json: String {
        let usual = [
            "index": "0", "codec_type": #""video""#, "codec_name": #""h264""#, "width": "1920", "height": "1080",
            "pix_fmt": #""yuv420p""#, "r_frame_rate": #""24/1""#, "avg_frame_rate": #""24/1""#, "start_time": #""0.0""#,
        ]
        return #"{"streams":[\#(Self.object(usual.merging(stream) { $1 }))],"format":\#(Self.object(format))}"#
    }

    private static func object(_ members: [String: String]) -> String {
        "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }
}
