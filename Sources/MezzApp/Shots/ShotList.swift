import Foundation
import MezzCore
import MezzPipeline

/// A source's shots in the command's forms.
struct ShotList: Encodable {
    let source: String
    let frames: Int
    let frameRate: Rational
    let shots: [Shot]
    let credits: [Credits]
    /// By shot.
    let complexity: [ShotComplexity]

    private enum CodingKeys: String, CodingKey {
        case frames
        case frameRate = "frame_rate"
        case shots
        case credits
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(frames, forKey: .frames)
        try container.encode(frameRate, forKey: .frameRate)
        let entries = zip(shots, complexity).map { Entry(shot: $0, complexity: $1, frameRate: frameRate) }
        try container.encode(entries, forKey: .shots)
        try container.encode(credits.map { Report.Credits($0, frameRate: frameRate) }, forKey: .credits)
    }

    /// One shot with the keys of the report's, and the frames of a gradual transition.
    private struct Entry: Encodable {
        let shot: Shot
        let complexity: ShotComplexity
        let frameRate: Rational

        private enum Keys: String, CodingKey {
            case index
            case firstFrame = "first_frame"
            case endFrame = "end_frame"
            case startSeconds = "start_seconds"
            case transition
            case transitionFirstFrame = "transition_first_frame"
            case transitionEndFrame = "transition_end_frame"
            case confidence
            case complexity
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(shot.index, forKey: .index)
            try container.encode(shot.frames.first, forKey: .firstFrame)
            try container.encode(shot.frames.end, forKey: .endFrame)
            let seconds = frameRate.seconds(ofFrame: shot.frames.first)
            try container.encode((seconds * 1e6).rounded() / 1e6, forKey: .startSeconds)
            try container.encode(shot.transition, forKey: .transition)
            try container.encode(shot.transitionFrames?.first, forKey: .transitionFirstFrame)
            try container.encode(shot.transitionFrames?.end, forKey: .transitionEndFrame)
            try container.encode(shot.confidence, forKey: .confidence)
            var parts = container.nestedContainer(keyedBy: ComplexityKeys.self, forKey: .complexity)
            try parts.encode(complexity.spatial, forKey: .spatial)
            try parts.encode(complexity.temporal, forKey: .temporal)
            try parts.encode(complexity.grain, forKey: .grain)
        }

        private enum ComplexityKeys: String, CodingKey {
            case spatial
            case temporal
            case grain
        }
    }

    var text: String {
        let rows = shots.map { shot in
            let range = shot.transitionFrames.map { " over \($0)" } ?? ""
            return "\(shot.index + 1)\t\(shot.frames.first)\t\(clock(shot.frames.first))\t\(shot.frames.count) frames\t"
                + "\(shot.transition.rawValue)\(range)\t\(String(format: "%.2f", shot.confidence))"
        }
        let stretches = credits.map {
            "\($0.kind.rawValue) credits\t\($0.frames.first)\t\(clock($0.frames.first))\t\($0.frames.count) frames"
        }
        let head = ["\(shots.count) shots in \(frames) frames, \(frameRate) frames/s"]
        return (head + rows + stretches).joined(separator: "\n")
    }

    /// The columns of PySceneDetect's scene list; frame numbers there begin with 1.
    var csv: String {
        let head =
            "Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame,End Timecode,"
            + "End Time (seconds),Length (frames),Length (timecode),Length (seconds)"
        let rows = shots.map { shot in
            let (first, end, count) = (shot.frames.first, shot.frames.end, shot.frames.count)
            return [
                "\(shot.index + 1)", "\(first + 1)", clock(first), seconds(first), "\(end)", clock(end), seconds(end),
                "\(count)", clock(count), seconds(count),
            ].joined(separator: ",")
        }
        return ([head] + rows).joined(separator: "\n") + "\n"
    }

    private func seconds(_ frame: Int) -> String { String(format: "%.3f", frameRate.seconds(ofFrame: frame)) }

    /// Hours, minutes, seconds and thousandths.
    private func clock(_ frame: Int) -> String {
        let thousandths = Int((frameRate.seconds(ofFrame: frame) * 1000).rounded())
        return String(
            format: "%02d:%02d:%02d.%03d", thousandths / 3_600_000, thousandths / 60_000 % 60,
            thousandths / 1000 % 60, thousandths % 1000)
    }
}
