import Foundation
import MezzCore
import MezzLadder

/// The file that describes viewers.
enum AudienceFile {
    /// More than 10,000 entries take.
    private static let mostBytes = 4 << 20

    /// - Throws: `Failure` with `input` that names the file and the place in it.
    static func read(_ path: String) throws(Failure) -> Audience {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: mostBytes + 1)
        else {
            throw Failure(.input, what: "the audience cannot be read", place: path.printable, remedy: "check the path")
        }
        guard data.count <= mostBytes else {
            throw Failure(
                .input, what: "the audience is larger than 4 MiB", place: path.printable,
                remedy: "merge viewers into at most 10,000 entries")
        }
        do {
            let audience = try JSONDecoder().decode(Audience.self, from: data)
            try LadderGoal.audience(audience).validate()
            return audience
        } catch {
            throw Failure(
                .input, what: "the audience cannot be used: \(reason(error))", place: path.printable,
                remedy: "give {\"bandwidth\":[{\"kbps\":…,\"share\":…}],\"displays\":[{\"height\":…,\"share\":…}]}")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.dataCorrupted(let context): context.debugDescription
        case DecodingError.keyNotFound(let key, let context): place(context) + "\(key.stringValue) is missing"
        case DecodingError.typeMismatch(_, let context): place(context) + context.debugDescription
        case DecodingError.valueNotFound(_, let context): place(context) + context.debugDescription
        default: String(describing: error)
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        return path.isEmpty ? "" : path.joined(separator: ".") + ": "
    }
}
