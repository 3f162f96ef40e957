import Foundation
import MezzPixels
import Testing

/// Frames of a raw file.
struct RawFrames {
    let format: PictureFormat
    private let file: FileHandle

    init(_ path: String, _ format: PictureFormat) throws {
        self.format = format
        file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    /// The next frame.
    func next() throws -> Picture {
        let data = try #require(try file.read(upToCount: format.frameBytes), "the file ends early")
        let picture = Picture(format: format)
        try #require(data.count == format.frameBytes, "the file ends inside a frame")
        data.withUnsafeBytes { picture.fill(from: $0) }
        return picture
    }
}
