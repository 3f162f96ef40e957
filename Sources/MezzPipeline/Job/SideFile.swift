package import MezzCore
import MezzStorage

/// A file beside the source that a job needs: the wish names it by its content.
package struct SideFile: Sendable, Hashable {
    package let path: String
    package let hash: ContentHash

    /// Reads the file's content once.
    /// - Throws: `Failure` when it cannot be read.
    package init(_ path: String) throws {
        self.path = path
        hash = try ContentHash.ofFile(path)
    }

    /// Copies it to where the job's tasks find it.
    /// - Throws: `Failure` when it has changed since, or the store does not take it.
    func bring(into store: any ObjectStore) async throws {
        do {
            _ = try await store.put(fileAt: path, as: hash, by: .copying)
        } catch {
            throw Failure(storeError: error)
        }
    }
}
