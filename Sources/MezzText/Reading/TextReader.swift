import Foundation
package import MezzCore
import MezzFormats
package import MezzMedia

/// Reads a file of timed text, whatever its format. The file is hostile until it has been read: its size is limited
/// before its content is read, XML has no entities, and nothing else than the file is ever read.
package struct TextReader: Sendable {
    private let findRunner: @Sendable () async throws -> ToolRunner

    /// - Parameter findRunner: Finds ttconv; called when a file is SCC or EBU STL, and not for others.
    package init(findRunner: @escaping @Sendable () async throws -> ToolRunner) {
        self.findRunner = findRunner
    }

    /// - Parameter runner: Its tools should have ttconv, which reads SCC and EBU STL; otherwise those are refused.
    package init(runner: ToolRunner) {
        self.init { runner }
    }

    /// - Parameters:
    ///   - path: A regular file.
    ///   - format: What it is; `nil` to find out.
    ///   - encoding: How its characters are written; `nil` for UTF-8, or UTF-16 with a byte order mark.
    /// - Throws: `Failure`: `input` when it cannot be read, with the reason; `unavailable` without ttconv where it is
    ///   needed; `CancellationError`.
    package func read(
        _ path: String, format: TextFormat? = nil, encoding: TextEncoding? = nil
    ) async throws -> TextReading {
        let place = path.printable
        let bytes = try Self.bytes(of: path, place: place)
        guard let format = format ?? TextFormat.detect(bytes, path: path) else {
            throw Failure(
                .input, what: "neither content nor suffix tells what timed text this is", place: place,
                remedy: "name it with --from \(TextFormat.allCases.map(\.rawValue).joined(separator: "|"))")
        }
        guard format == .scc || format == .stl else {
            return try Self.parse(bytes, as: format, encoding: encoding, place: place)
        }
        return try await CaptionReader(runner: findRunner()).read(bytes, as: format, place: place)
    }

    /// SubRip, WebVTT or TTML that is in memory.
    /// - Throws: `Failure` (`input`).
    package static func parse(
        _ bytes: [UInt8], as format: TextFormat, encoding: TextEncoding? = nil, place: String
    ) throws(Failure) -> TextReading {
        var text = try TextEncoding.decode(bytes, as: encoding, place: place)
        switch format {
        case .srt:
            let reading = SubRipReader.read(text)
            // Anything is SubRip without cues.
            guard !reading.text.cues.isEmpty || text.isEmpty else {
                throw Failure(
                    .input, what: "no cue of SubRip can be read", place: place,
                    remedy: "if it is another format, name it with --from")
            }
            return reading
        case .vtt: return try WebVTTReader.read(text, place: place)
        case .ttml:
            // Its declaration is of the encoding that it had before.
            if encoding != nil || text.count != bytes.count { text = withoutDeclaration(text) }
            return try TTMLReader.read(text, place: place)
        case .scc, .stl:
            throw Failure(.input, what: "\(format.name) is read from files", place: place, remedy: "name a file")
        }
    }

    private static func withoutDeclaration(_ text: [UInt8]) -> [UInt8] {
        guard text.starts(with: Array("<?xml".utf8)), let end = text.prefix(200).firstIndex(of: UInt8(ascii: ">"))
        else {
            return text
        }
        return Array(text[(end + 1)...])
    }

    private static func bytes(of path: String, place: String) throws(Failure) -> [UInt8] {
        do {
            let file = try FileBytes(path, followsLinks: true)
            guard file.count <= TextLimit.bytes else {
                throw Failure(
                    .input, what: "\(file.count >> 20) MiB is more than any title's text", place: place,
                    remedy: "check that it is a text file; up to \(TextLimit.bytes >> 20) MiB are read")
            }
            return try file.bytes(0..<file.count)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .input, what: "cannot be read", place: place, remedy: "name a text file that exists",
                detail: String(describing: error))
        }
    }
}
