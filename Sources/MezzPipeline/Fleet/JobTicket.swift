import Foundation
package import MezzCore
import MezzMedia
package import MezzWorkflow

/// What machines that share a job know of it besides its tasks. The queue keeps it with the job.
package struct JobTicket: Codable, Hashable, Sendable {
    /// The version of mezz that submitted the job.
    package let mezz: String
    package let source: StoredSource
    package let spec: JobSpec
    /// Versions of the tools that decide results, by name: those of the submitter, and of every worker that takes part.
    package let versions: [String: String]
    /// What the submitter was told that the job would cost.
    package let quote: Quote?

    package init(source: StoredSource, spec: JobSpec, versions: [String: String], quote: Quote? = nil) {
        mezz = mezzVersion
        self.source = source
        self.spec = spec
        self.versions = versions
        self.quote = quote
    }

    /// Reads the ticket that a job was submitted with.
    /// - Throws: `Failure` (`failed`) when the job has none, or one of another version.
    package init(of job: JobID, terms: JobTerms) throws(Failure) {
        do {
            self = try JSONDecoder().decode(JobTicket.self, from: terms.about)
        } catch {
            throw Failure(
                .failed, what: "the job was not submitted by a mezz of this version", place: job.value,
                remedy: "use the version of mezz that submitted it")
        }
    }

    func encoded() throws -> Data { try CanonicalJSON.encode(self) }
}

extension JobTicket {
    /// Tells toolsets apart: workers with equal stamps give equal bytes. Eight hexadecimal digits. Tools that only some
    /// titles need do not count: their versions are part of those titles' results.
    package static func stamp(versions: [String: String]) -> String {
        let extras = Set(Tool.allCases).subtracting(Tool.required).map(\.rawValue)
        let lines =
            versions.filter { !extras.contains($0.key) }.map { "\($0.key) \($0.value)" }.sorted() + [
                "mezz \(mezzVersion)"
            ]
        return String(ContentHash.of(Data(lines.joined(separator: "\n").utf8)).hex.prefix(8))
    }
}
