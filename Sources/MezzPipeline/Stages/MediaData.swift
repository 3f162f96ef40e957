import Foundation
import MezzCore

/// The media of an MP4 without its tables.
enum MediaData {
    /// Bytes inside the top-level `mdat` boxes: what the encoder produced, exactly.
    static func bytes(ofMP4 path: String) throws -> Int {
        guard let file = FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        defer { try? file.close() }
        let end = try file.seekToEnd()
        var offset: UInt64 = 0
        var media = 0
        while offset + 8 <= end {
            try file.seek(toOffset: offset)
            let header = [UInt8](try file.read(upToCount: 16) ?? Data())
            guard header.count >= 8 else { throw unreadable(path) }
            var size = header[0..<4].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            var overhead: UInt64 = 8
            if size == 1, header.count == 16 {
                size = header[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                overhead = 16
            }
            guard size >= overhead, size <= end - offset else { throw unreadable(path) }
            if header[4..<8].elementsEqual("mdat".utf8) { media += Int(size - overhead) }
            offset += size
        }
        return media
    }

    private static func unreadable(_ path: String) -> Failure {
        Failure(.failed, what: "an encode is damaged", place: path.printable, remedy: "run again")
    }
}
