import Foundation
import MezzMedia
import MezzTestKit

/// `scripts/playback-check`, given several scenarios at once: one browser plays them all.
enum BrowserCheck {
    static let isHere: Bool = {
        let programs = ClientRunner(path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")
        let missing = ["chromium", "python3"].filter { programs.locate($0) == nil }
        if !missing.isEmpty {
            print("no \(missing.joined(separator: ", no ")): run scripts/setup-servers; tests of play are skipped")
        }
        return missing.isEmpty
    }()

    struct Key: Codable, Hashable {
        let kid: String
        let key: String
    }

    /// What is to be played; what is left out takes the script's defaults.
    struct Scenario: Encodable {
        let package: String
        var rung: String?
        var audio: String?
        var switchRungs: [String] = []
        var switchAudios: [String] = []
        var texts: [String] = []
        var seconds = 0.4
        var hls = false
        var keys: [Key]?
        var expectBlocked = false
    }

    struct Result: Decodable {
        let passed: Bool
        let problems: [String]
        let phases: [Phase]
        let blocked: Blocked?
        let keyStatuses: [KeyStatus]
        /// How often the server answered with each status.
        let requests: [String: Int]
    }

    /// What was seen and heard from the beginning or a switch on.
    struct Phase: Decodable {
        let what: String
        let from: Double
        let to: Double
        let frames: Int
        let width: Int
        let height: Int
        let picture: Picture
        let sound: Sound
        let cues: [Cue]
    }

    struct Picture: Decodable {
        /// Standard deviation of the luma, 0 to 127.5.
        let spread: Double
    }

    struct Sound: Decodable {
        /// Root mean square; 1 is full scale.
        let level: Double
        /// The strongest frequency, to 6 Hz; `nil` in silence.
        let hertz: Double?
    }

    struct Cue: Decodable {
        let text: String
        let start: Double
        let end: Double
    }

    struct Blocked: Decodable {
        /// How often the browser met something encrypted, and how often it waited for a key.
        let asked: Int
        let waiting: Int
        let error: String?
        /// Seconds that were played.
        let moved: Double
    }

    struct KeyStatus: Decodable {
        let kid: String
        let status: String
    }

    /// The script gave no results that can be believed.
    struct Unusable: Error {
        let description: String
    }

    static func run(_ scenarios: [Scenario], in folder: TestFolder) async throws -> [Result] {
        let input = try folder.write(JSONEncoder().encode(scenarios), to: "scenarios.json")
        let end = try await Child(
            "/bin/sh", ["-c", "exec \"$0\" --batch --json <\"$1\"", TestTools.root + "/scripts/playback-check", input],
            in: folder
        ).end(within: 200)
        guard end.status <= 1, !end.output.isEmpty else {
            throw Unusable(description: "playback-check ended with \(end.status): \(end.errorText)")
        }
        let results = try JSONDecoder().decode([Result].self, from: end.output)
        guard (end.status == 0) == results.allSatisfy(\.passed) else {
            throw Unusable(description: "playback-check's exit code \(end.status) is not what it says")
        }
        return results
    }
}
