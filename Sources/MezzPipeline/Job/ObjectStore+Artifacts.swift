import MezzCore
package import MezzStorage
package import MezzWorkflow

extension ObjectStore {
    /// Whether the artifact is in the store.
    /// - Throws: ``TaskFailure``, to be tried again, when the store cannot be asked.
    package func holds(_ artifact: Artifact) async throws -> Bool {
        do {
            return try await contains(artifact.hash)
        } catch {
            throw Failure(storeError: error).taskFailure(retried: true)
        }
    }
}
