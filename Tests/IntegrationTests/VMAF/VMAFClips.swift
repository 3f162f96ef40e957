import Foundation
import MezzTestKit
import Testing

/// Small videos to compare, and the command on them.
struct VMAFClips {
    let folder: TestFolder
    private let maker: MediaMaker
    private let mezz: MezzProgram

    /// Frames of the reference.
    static let frames = 24

    init(in folder: TestFolder) throws {
        self.folder = folder
        maker = try MediaMaker(in: folder)
        mezz = try MezzProgram(in: folder)
    }

    /// Runs `body` in a folder with `ref.mkv`, a lossless moving pattern.
    static func with<Value>(_ body: (VMAFClips) async throws -> Value) async throws -> Value {
        try await TestFolder.with { folder in
            let clips = try VMAFClips(in: folder)
            try await clips.make("ref.mkv", MediaRecipe.picture(MediaRecipe.pattern("192x128")) + MediaRecipe.lossless)
            return try await body(clips)
        }
    }

    @discardableResult
    func make(_ name: String, _ arguments: [String]) async throws -> String { try await maker.make(name, arguments) }

    /// An encode of the reference.
    @discardableResult
    func encode(_ name: String, _ arguments: [String] = []) async throws -> String {
        try await make(name, ["-i", folder("ref.mkv")] + arguments + MediaRecipe.avc + ["-crf", "35"])
    }

    /// The reference or an encode as bare planes.
    @discardableResult
    func raw(_ name: String, of source: String = "ref.mkv", as format: String = "yuv420p") async throws -> String {
        try await make(name, ["-i", folder(source), "-pix_fmt", format, "-f", "rawvideo"])
    }

    func run(_ arguments: [String]) async throws -> ChildEnd { try await mezz.run(["vmaf"] + arguments) }

    /// Starts the command with `tmp` for its temporary files.
    func start(_ arguments: [String]) throws -> Child {
        try FileManager.default.createDirectory(atPath: folder("tmp"), withIntermediateDirectories: true)
        return try mezz.start(["vmaf"] + arguments, environment: ["TMPDIR": folder("tmp")])
    }

    /// The log of a comparison that succeeds.
    func log(_ arguments: [String]) async throws -> JSONValue {
        let end = try await run(arguments + ["--json"])
        #expect(end.status == 0, "\(end.errorText)")
        return try JSONValue(end.output)
    }

    /// Expects the refusal, for people and for programs.
    func expect(_ refusal: Refusal, _ arguments: [String]) async throws {
        let end = try await run(arguments + ["--json"])
        refusal.expect(end, of: arguments.joined(separator: " "))
        try refusal.expectDocument(end)
    }
}

extension JSONValue {
    /// A frame's value in libvmaf's log.
    func value(_ name: String, frame: Int) -> Double? { self["frames"][frame]["metrics"][name].number }

    func mean(_ name: String) -> Double? { self["pooled_metrics"][name]["mean"].number }
}
