import Foundation
import MezzCore
import MezzFormats

/// Blanks the dates in an MP4, the one thing in it that differs between two runs.
enum DateEraser {
    static func erase(_ path: String) throws {
        let ranges: [Range<Int>]
        do {
            ranges = try MP4Dates.ranges(try FileBytes(path))
        } catch {
            throw Failure(
                .failed, what: "the packager wrote a file that cannot be read: \(error)", place: path.printable,
                remedy: "run again; report it if it happens again")
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        for range in ranges {
            try file.seek(toOffset: UInt64(range.lowerBound))
            try file.write(contentsOf: Data(count: range.count))
        }
    }
}
