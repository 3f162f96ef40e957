import MezzCore

/// Objects that are on their way: whoever wants one meanwhile waits for it instead of fetching it as well.
actor Arrivals {
    private var coming: [ContentHash: Task<Result<String, StoreError>, Never>] = [:]

    /// Runs `fetch`, or waits for the one that runs already.
    func share(
        _ hash: ContentHash, fetch: @escaping @Sendable () async throws(StoreError) -> String
    ) async throws(StoreError) -> String {
        if let task = coming[hash] { return try await task.value.get() }
        let task = Task { () async -> Result<String, StoreError> in
            do throws(StoreError) {
                return .success(try await fetch())
            } catch {
                return .failure(error)
            }
        }
        coming[hash] = task
        let result = await task.value
        coming[hash] = nil
        return try result.get()
    }
}
