internal import MezzStorage
internal import Synchronization

/// Transfers over libcurl, on threads that may wait, with connections that are kept.
package final class HTTPTransport: Sendable {
    /// More idle handles than this are closed.
    private static let idleLimit = 16

    private let certificates: String?
    private let idle = Mutex<[CurlHandle]>([])

    /// - Parameter certificates: A file of trusted certificates instead of the system's.
    package init(certificates: String? = nil) {
        self.certificates = certificates
    }

    /// Sends a request and receives its answer, whatever its status. Cancelling the task ends the transfer within
    /// about a second.
    package func send(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPFault> {
        let flag = CancellationFlag()
        return await withTaskCancellationHandler {
            do throws(StoreError) {
                return try await BlockingWork.run { [self] in
                    guard let handle = take() else { return .failure(.lost("libcurl has no memory for a transfer")) }
                    let result = handle.perform(request, certificates: certificates) { flag.isSet }
                    giveBack(handle)
                    return result
                }
            } catch {
                return .failure(.local(error))
            }
        } onCancel: {
            flag.set()
        }
    }

    private func take() -> CurlHandle? {
        // The one used last: its connection is the least likely to have been closed.
        idle.withLock { $0.popLast() } ?? CurlHandle()
    }

    private func giveBack(_ handle: CurlHandle) {
        idle.withLock { if $0.count < Self.idleLimit { $0.append(handle) } }
    }
}

/// Tells a blocking transfer that its task was cancelled.
private final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
