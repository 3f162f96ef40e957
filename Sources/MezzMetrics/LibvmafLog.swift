import Foundation
import MezzCore

/// The part of libvmaf's JSON log that is read.
struct LibvmafLog: Decodable {
    let frames: [Frame]

    struct Frame: Decodable {
        let frameNum: Int
        let metrics: [String: Double]
    }

    static func read(_ path: String) throws -> LibvmafLog {
        try JSONDecoder().decode(LibvmafLog.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Scores of the frames that were asked for; the ones read only for their motion are left out.
    func scores(graph: MeasureGraph) -> [(frame: Int, vmaf: Double)] {
        frames.compactMap { entry in
            let frame = graph.read.first + entry.frameNum
            guard graph.request.range.contains(frame), let vmaf = entry.metrics["vmaf"] else { return nil }
            return (frame, vmaf)
        }
    }
}
