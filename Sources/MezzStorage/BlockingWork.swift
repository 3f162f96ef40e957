internal import Dispatch

/// Runs file system calls, which may take seconds, away from the threads that Swift's tasks share.
package enum BlockingWork {
    private static let queue = DispatchQueue(label: "storage", attributes: .concurrent)

    /// Runs `body` on a thread that may wait.
    package static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Value, StoreError>, Never>) in
            queue.async {
                do throws(StoreError) {
                    done.resume(returning: .success(try body()))
                } catch {
                    done.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
