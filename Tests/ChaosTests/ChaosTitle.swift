import Foundation
import MezzTestKit

/// A title of five shots of a second each. Every number gives another one.
struct ChaosTitle: Sendable {
    static let options = ["--ladder", "per-shot", "--codec", "avc", "--effort", "quick", "--preset", "ultrafast"]
    static let frames = 120

    let number: Int
    var file: String { "title-\(number).mkv" }
    /// What one machine makes of it.
    var whole: String { "whole-\(number)" }
    /// What the fleet makes of it.
    var fleet: String { "fleet-\(number)" }

    /// Makes the source, uncompressed so that it goes to the store in several parts, and returns its path.
    func make(in folder: TestFolder) async throws -> String {
        try await make(file, ["-c:v", "rawvideo"], in: folder)
    }

    /// Makes the same source for ``Poison`` and returns its path.
    func makePoison(in folder: TestFolder) async throws -> String {
        try await make("title-\(number)" + Poison.ending, ["-c:v", "ffv1"], in: folder)
    }

    private func make(_ file: String, _ codec: [String], in folder: TestFolder) async throws -> String {
        let form = "s=432x240:r=24"
        let shots = [
            "testsrc2=\(form)", "gradients=\(form):seed=\(number):speed=0.03:n=3",
            "mandelbrot=\(form):start_scale=\(1 + Double(number % 17) / 20)",
            "life=\(form):seed=\(number):mold=10:life_color=#20b050:death_color=#d04020,gblur=sigma=1",
            "testsrc=\(form),hue=h=\(number * 7 % 360),gblur=sigma=0.7",
        ]
        var arguments = shots.flatMap { ["-f", "lavfi", "-t", "1", "-i", $0] }
        arguments += ["-f", "lavfi", "-i", "aevalsrc=0.2*sin(2*PI*\(220 + number)*t):s=48000:d=5"]
        let pictures = shots.indices.map { "[\($0):v]format=yuv420p,setsar=1[v\($0)]" }.joined(separator: ";")
        let joined = shots.indices.map { "[v\($0)]" }.joined() + "concat=n=\(shots.count)[v]"
        arguments += ["-filter_complex", pictures + ";" + joined, "-map", "[v]", "-map", "\(shots.count):a"]
        return try await MediaMaker(in: folder).make(file, arguments + codec + ["-c:a", "flac", "-f", "matroska"])
    }

    /// The bytes of everything a player loads of the package `name`, by name.
    static func media(_ name: String, in folder: TestFolder) throws -> [String: Data] {
        let files = try folder.files(under: name).filter { file in
            ["video/", "audio/", "thumbnails/", "manifest.mpd", "master.m3u8"].contains(where: file.hasPrefix)
        }
        return try Dictionary(uniqueKeysWithValues: files.map { ($0, try folder.data(name + "/" + $0)) })
    }
}
