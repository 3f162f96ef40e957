import Foundation
import MezzCore
import MezzFormats

/// Reads an HDR10+ file from its beginning to its end: each frame is checked, none is kept.
enum HDR10PlusReader {
    private struct Info: Decodable {
        let profile: String?

        private enum CodingKeys: String, CodingKey { case profile = "HDR10plusProfile" }
    }

    private struct Summary: Decodable {
        let firstFrames: [Int]?
        let lengths: [Int]?

        private enum CodingKeys: String, CodingKey {
            case firstFrames = "SceneFirstFrameIndex"
            case lengths = "SceneFrameNumbers"
        }
    }

    static func read(_ path: String) throws -> HDR10PlusFile {
        let source = try FileBytes(path, followsLinks: true)
        var items = JSONItems(source)
        var places: [Range<Int>] = []
        var profile: String?
        var summary: Summary?
        var (scene, scenes, firstFrame): (Int?, Int, Int) = (nil, 0, 0)
        while let item = try items.next() {
            switch item.key {
            case "SceneInfo":
                guard places.count < HDR10PlusFrame.mostFrames else {
                    throw HDR10PlusFile.failure("has more than \(HDR10PlusFrame.mostFrames) frames", path)
                }
                let frame = try frame(source.bytes(item.bytes), number: places.count, path)
                if places.isEmpty { firstFrame = frame.frame }
                guard frame.frame == firstFrame + places.count else {
                    throw HDR10PlusFile.failure(
                        "has frame \(frame.frame) where frame \(firstFrame + places.count) belongs", path)
                }
                if scene != frame.scene { scenes += 1 }
                scene = frame.scene
                places.append(item.bytes)
            case "JSONInfo": profile = try decode(Info.self, source.bytes(item.bytes), "JSONInfo", path).profile
            case "SceneInfoSummary":
                summary = try decode(Summary.self, source.bytes(item.bytes), "SceneInfoSummary", path)
            default: break
            }
        }
        guard !places.isEmpty else { throw HDR10PlusFile.failure("describes no frames (SceneInfo)", path) }
        try check(summary, scenes: scenes, frames: places.count, path)
        return HDR10PlusFile(path: path, scenes: scenes, profile: profile, places: places)
    }

    /// - Parameter number: Of the frame, for messages.
    static func frame(_ bytes: [UInt8], number: Int, _ path: String) throws -> HDR10PlusFrame {
        let frame = try decode(HDR10PlusFrame.self, bytes, "frame \(number)", path)
        if let problem = frame.problem { throw HDR10PlusFile.failure("has in frame \(number) \(problem)", path) }
        return frame
    }

    /// What the file says of itself, where it does.
    private static func check(_ summary: Summary?, scenes: Int, frames: Int, _ path: String) throws(Failure) {
        if let lengths = summary?.lengths {
            // Lengths that overflow are no lengths.
            let stated = lengths.reduce(0) { $0 &+ $1 }
            guard stated == frames else {
                throw HDR10PlusFile.failure("describes \(frames) frames and counts \(stated) in its summary", path)
            }
        }
        if let stated = (summary?.firstFrames ?? summary?.lengths)?.count, stated != scenes {
            throw HDR10PlusFile.failure("describes \(scenes) scenes and counts \(stated) in its summary", path)
        }
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, _ bytes: [UInt8], _ name: String, _ path: String
    ) throws(Failure) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw HDR10PlusFile.failure("has a damaged \(name)", path, detail: String(describing: error))
        }
    }
}
