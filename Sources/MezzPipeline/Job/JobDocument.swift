import Foundation
import MezzCore

/// What was asked, with what, of what: `job.json`.
struct JobDocument: Codable {
    let mezz: String
    let source: String
    let sha256: String
    let spec: JobSpec
    let tools: [String: String]

    static let name = "job.json"
    private static let mostBytes = 1 << 20

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// - Throws: `Failure` with `input` when the package holds none that this version reads.
    static func read(in package: String) throws(Failure) -> JobDocument {
        let path = package + "/" + name
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: mostBytes + 1), data.count <= mostBytes
        else {
            throw Failure(
                .input, what: "does not say how it was made", place: path.printable, remedy: "name a package of mezz")
        }
        do {
            return try JSONDecoder().decode(JobDocument.self, from: data)
        } catch {
            throw Failure(
                .input, what: "says how the package was made in words not known here", place: path.printable,
                remedy: "use the version of mezz that made it", detail: String(describing: error))
        }
    }
}
