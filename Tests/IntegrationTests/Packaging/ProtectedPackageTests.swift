import Foundation
import MezzTestKit
import Testing

@Suite("A protected package", .serialized, .timeLimit(.minutes(10)))
struct ProtectedPackageTests {
    private static let secrets = [
        ("AUDIO", "10000000000000000000000000000001", "a1b2c3d4e5f60718293a4b5c6d7e8f90"),
        ("SD", "20000000000000000000000000000002", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    ]

    private static func keys(_ scheme: String, in folder: TestFolder) throws -> String {
        let entries = secrets.map { #"{"label":"\#($0)","kid":"\#($1)","key":"\#($2)"}"# }.joined(separator: ",")
        let text = """
            {"scheme":"\(scheme)","systems":["widevine","playready","fairplay","clearkey"],"keys":[\(entries)],
             "clear_lead_seconds":0}
            """
        return try folder.write(Data(text.utf8), to: "keys.json")
    }

    private static func encode(
        _ keys: String, _ more: [String] = [], environment: [String: String] = [:], in folder: TestFolder
    ) async throws -> ChildEnd {
        let source = try await MediaMaker(in: folder).make(MediaRecipe.withSound)
        return try await MezzProgram(in: folder).run(
            [
                "encode", source, "-o", "out", "--ladder", "category", "--codec", "avc", "--preset", "ultrafast",
                "--drm", keys,
            ]
                + more, environment: environment)
    }

    @Test("decodes with its keys, and without them does not", .tags(.slow), arguments: ["cenc", "cbcs"])
    func decodes(_ scheme: String) async throws {
        try await TestFolder.with { folder in
            let end = try await Self.encode(try Self.keys(scheme, in: folder), in: folder)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            let rung = try #require(package.rungs.first)
            let frames = try #require(package.report["source"]["frames"].int)
            let maker = try MediaMaker(in: folder)
            func decoded(_ file: String, _ key: String?, _ map: String) async throws -> Int {
                let options = key.map { ["-decryption_key", $0] } ?? []
                let end = try await maker.ffmpeg(
                    ["-v", "error"] + options
                        + [
                            "-i", "file:" + folder(file), "-map", map, "-fps_mode", "passthrough", "-f", "framemd5",
                            "-",
                        ])
                return end.errorText.isEmpty ? end.text.split(separator: "\n").count { !$0.hasPrefix("#") } : 0
            }
            let (audio, video) = (Self.secrets[0].2, Self.secrets[1].2)
            #expect(try await decoded("out/video/\(rung.id).mp4", video, "0:v") == frames)
            #expect(try await decoded("out/video/\(rung.id).mp4", audio, "0:v") == 0)
            #expect(try await decoded("out/video/\(rung.id).mp4", nil, "0:v") == 0)
            let track = try #require(package.report["audio"].items.first?["id"].string)
            #expect(try await decoded("out/audio/\(track).mp4", audio, "0:a") > 0)
            #expect(try await decoded("out/audio/\(track).mp4", nil, "0:a") == 0)
            let manifest = try folder.text("out/manifest.mpd")
            #expect(manifest.contains("cenc:default_KID=\"20000000-0000-0000-0000-000000000002\""))
            #expect(manifest.contains("cenc:default_KID=\"10000000-0000-0000-0000-000000000001\""))
            for system in ["edef8ba9", "9a04f079", "e2719d58"] { #expect(manifest.contains("urn:uuid:" + system)) }
            let playlist = try folder.text("out/video/\(rung.id).m3u8")
            #expect(playlist.contains("com.apple.streamingkeydelivery") == (scheme == "cbcs"))
            #expect(playlist.contains("METHOD=SAMPLE-AES" + (scheme == "cenc" ? "-CTR" : "")))
            let codes = package.report["qc"]["findings"].items.compactMap { $0["code"].string }
            #expect(codes.contains("package.fairplay") == (scheme == "cenc"))
            let mezz = try MezzProgram(in: folder)
            let again = try await mezz.run(["qc", "out", "--json"])
            let found = try JSONValue(again.output)["findings"].items.compactMap { $0["code"].string }
            #expect(again.status == 0 && found.allSatisfy { $0 == "package.encrypted" } && found.count >= 2, "\(found)")
            let measured = try await mezz.run(["qc", "out", "--source", MediaRecipe.withSound.file])
            #expect(measured.status == 65 && measured.errorText.contains("encrypted"), "\(measured.errorText)")
        }
    }

    @Test("is the same bytes in every run, and leaves its keys nowhere", .tags(.slow))
    func keepsSecrets() async throws {
        try await TestFolder.with { folder in
            let keys = try Self.keys("cbcs", in: folder)
            #expect(try await Self.encode(keys, ["--segmented"], in: folder).status == 0)
            let rung = try #require(try EncodedPackage("out", in: folder).rungs.first?.id)
            let first = try folder.data("out/video/\(rung)/00001.m4s")
            try Self.expectNoKeys(under: folder("out"))
            try FileManager.default.removeItem(atPath: folder("out"))
            #expect(try await Self.encode(keys, ["--segmented"], in: folder).status == 0)
            #expect(try folder.data("out/video/\(rung)/00001.m4s") == first)
        }
    }

    @Test("shows its keys in no program's arguments or environment", .tags(.slow))
    func hidesKeysFromOthers() async throws {
        try await TestFolder.with { folder in
            let wrapper =
                "#!/bin/sh\n{ printf '%s\\n' \"$@\"; env; } >> \(folder("calls.txt"))\nexec \(try TestTools().folder)/packager \"$@\"\n"
            let path = try folder.write(Data(wrapper.utf8), to: "packager")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            _ = try Self.keys("cenc", in: folder)
            let end = try await Self.encode(
                "env:TITLE_KEYS",
                environment: ["MEZZ_PACKAGER": path, "TITLE_KEYS": try folder.text("keys.json")], in: folder)
            #expect(end.status == 0, "\(end.errorText)")
            let calls = try folder.text("calls.txt")
            #expect(calls.contains("drm_label=") && calls.contains("--flagfile=/dev/stdin"))
            for (_, _, key) in Self.secrets { #expect(!calls.lowercased().contains(key)) }
        }
    }

    @Test("that lies in its clear lead from end to end is no protected package", .tags(.slow))
    func clearLead() async throws {
        try await TestFolder.with { folder in
            _ = try Self.keys("cbcs", in: folder)
            let text = try folder.text("keys.json").replacing(
                "\"clear_lead_seconds\":0", with: "\"clear_lead_seconds\":600")
            let end = try await Self.encode(try folder.write(Data(text.utf8), to: "lead.json"), in: folder)
            #expect(end.status == 1, "\(end.errorText)")
            let findings = try EncodedPackage("out", in: folder).report["qc"]["findings"].items
            #expect(findings.contains { $0["code"].string == "package.protection" })
        }
    }

    /// Keys as bytes, in hex of either case, and in Base64: in every file that a run leaves, database and all.
    private static func expectNoKeys(under path: String) throws {
        var seen = 0
        for (_, _, key) in secrets {
            let bytes = Data(
                stride(from: 0, to: 32, by: 2).compactMap { UInt8(key.dropFirst($0).prefix(2), radix: 16) })
            let forms = [bytes, Data(key.utf8), Data(key.uppercased().utf8), Data(bytes.base64EncodedString().utf8)]
            for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
                guard let data = FileManager.default.contents(atPath: path + "/" + name) else { continue }
                seen += 1
                #expect(!forms.contains { data.range(of: $0) != nil }, "\(name)")
            }
        }
        #expect(seen > 20)
    }

    @Test("needs its keys to be right, and says what is wrong without saying what they are")
    func refused() async throws {
        try await TestFolder.with { folder in
            let good = Self.secrets[1]
            func file(_ text: String) throws -> String { try folder.write(Data(text.utf8), to: "bad.json") }
            func entry(_ label: String, _ kid: String, _ key: String) -> String {
                #"{"label":"\#(label)","kid":"\#(kid)","key":"\#(key)"}"#
            }
            func keys(_ entries: String) -> String { #"{"scheme":"cenc","systems":[],"keys":[\#(entries)]}"# }
            let cases = [
                (keys(entry("SD", good.1, "0f1e")), "key 1: write 32 hexadecimal digits"),
                (keys(entry("SD", good.1, good.2) + "," + entry("AUDIO", good.1, good.2)), "same kid"),
                (keys(entry("4K", good.1, good.2)), "the label is none of"),
                (keys(entry("SD", good.1, good.2)), "no key labelled AUDIO"),
                (#"{"scheme":"ctr","keys":[]}"#, "neither cenc nor cbcs"), ("{", "no such JSON"), (keys(""), "no keys"),
            ]
            for (text, words) in cases {
                let end = try await Self.encode(try file(text), in: folder)
                #expect(end.status == 65 && end.errorText.contains(words), "\(end.errorText)")
                #expect(!end.errorText.contains(good.2))
                #expect(folder.names(in: "out").filter { !$0.hasPrefix(".") }.isEmpty)
            }
            let missing = try await Self.encode("env:MEZZ_NO_SUCH_KEYS", in: folder)
            #expect(missing.status == 65 && missing.errorText.contains("not set"))
        }
    }
}
