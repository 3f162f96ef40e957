package import Foundation
package import MezzCore
import MezzFormats

/// A JSON file with HDR10+ metadata of every frame of a title, as grading tools write it and x265 takes it.
package struct HDR10PlusFile: Sendable {
    package let path: String
    /// Frames that it describes.
    package var frames: Int { places.count }
    package let scenes: Int
    /// "A" without curves, "B" with; `nil` where it is not said.
    package let profile: String?
    /// Where the frames' objects lie in the file.
    private let places: [Range<Int>]

    /// Reads and checks the whole file, in pieces.
    /// - Throws: `Failure` (`input`) that names the first frame that is wrong, or two numbers that do not agree.
    package static func read(_ path: String) throws(Failure) -> HDR10PlusFile {
        do {
            try refuseDolbyVision(path)
            return try HDR10PlusReader.read(path)
        } catch let error as FormatError {
            throw failure("cannot be read: \(error)", path)
        } catch let error as Failure {
            throw error
        } catch {
            throw failure("cannot be read", path, detail: String(describing: error))
        }
    }

    init(path: String, scenes: Int, profile: String?, places: [Range<Int>]) {
        self.path = path
        self.scenes = scenes
        self.profile = profile
        self.places = places
    }

    /// - Throws: `Failure` (`input`) when the source has another number of frames; it names both.
    package func check(frames source: Int) throws(Failure) {
        guard frames == source else { throw Self.mismatch(frames, source: source, path.printable) }
    }

    /// That metadata of `frames` belong to another cut than the source's.
    package static func mismatch(_ frames: Int, source: Int, _ place: String) -> Failure {
        Failure(
            .input, what: "HDR10+ metadata of \(frames) frames for a source of \(source)", place: place,
            remedy: "export the metadata of this very cut, with its first and its last frame")
    }

    /// The file that x265 needs for the frames of a chunk, numbered from 0.
    ///
    /// It must have as many as the chunk: x265 says nothing when they run out and goes on with earlier ones.
    /// - Throws: `Failure` (`input`) when the range leaves the file, or the file has changed since it was read.
    package func slice(_ range: FrameRange) throws(Failure) -> Data {
        guard range.end <= frames, range.count > 0 else {
            throw Failure(
                .input, what: "HDR10+ metadata of \(frames) frames has no frames \(range)", place: path.printable,
                remedy: "export the metadata of this very cut, with its first and its last frame")
        }
        do {
            let source = try FileBytes(path, followsLinks: true)
            var text = Data("{\"JSONInfo\":{\"HDR10plusProfile\":\"\(profile == "B" ? "B" : "A")\",".utf8)
            text += Data("\"Version\":\"1.0\"},\"SceneInfo\":[\n".utf8)
            var scene: (source: Int, number: Int, first: Int)?
            for (number, place) in places[range.first..<range.end].enumerated() {
                var frame = try HDR10PlusReader.frame(source.bytes(place), number: range.first + number, path)
                if scene?.source != frame.scene { scene = (frame.scene, (scene?.number ?? -1) + 1, number) }
                (frame.scene, frame.frameInScene) = (scene?.number ?? 0, number - (scene?.first ?? 0))
                frame.frame = number
                text += (number > 0 ? Data(",\n".utf8) : Data()) + (try Self.encoder().encode(frame))
            }
            return text + Data("\n]}\n".utf8)
        } catch let error as Failure {
            throw error
        } catch {
            throw Self.failure("has changed since it was read", path, detail: String(describing: error))
        }
    }

    /// Name in a chunk's work folder of what x265 reads; without characters that its option list splits at.
    package static let encoderFile = "hdr10plus.json"

    /// Dolby Vision's units (RPU) begin with a start code and their own prefix, or with the header of HEVC's NAL units of
    /// type 62. libx265 wants them handed over with each picture; FFmpeg has no way in for a file.
    private static func refuseDolbyVision(_ path: String) throws {
        let source = try FileBytes(path, followsLinks: true)
        let start = try source.bytes(0..<min(7, source.count))
        guard start.prefix(5) == [0, 0, 0, 1, 0x19] || start == [0, 0, 0, 1, 0x7C, 0x01, 0x19] else { return }
        throw Failure(
            .input, what: "cannot carry Dolby Vision metadata: FFmpeg's libx265 takes none from a file",
            place: path.printable,
            remedy: "leave them out here and inject them into the delivered HEVC with a tool for it")
    }

    /// The same bytes in every run.
    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }

    static func failure(_ what: String, _ path: String, detail: String = "") -> Failure {
        Failure(
            .input, what: "the HDR10+ file \(what)", place: path.printable, remedy: "export the metadata again",
            detail: detail)
    }
}
