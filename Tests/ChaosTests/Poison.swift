import Foundation
import Glibc
import MezzTestKit

/// Makes a title deadly: whatever FFmpeg decodes it is killed, as by a fault of the decoder, on whichever worker.
struct Poison: Sendable {
    /// The ending of its file's name, which workers keep and no other title has.
    static let ending = ".mk3d"

    let folder: TestFolder

    /// Kills decoders until it is cancelled. Returns how many.
    func work() async -> Int {
        var victims: Set<Int32> = []
        while !Task.isCancelled {
            for pid in decoders() where kill(pid, SIGSEGV) == 0 { victims.insert(pid) }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return victims.count
    }

    private func decoders() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }.filter { pid in
            let words = (FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()).split(separator: 0)
            guard let program = words.first, String(decoding: program, as: UTF8.self).hasSuffix("/ffmpeg") else {
                return false
            }
            return words.contains { word in
                let text = String(decoding: word, as: UTF8.self)
                return text.hasPrefix("file:" + folder.path) && text.hasSuffix("/source" + Self.ending)
            }
        }
    }
}
