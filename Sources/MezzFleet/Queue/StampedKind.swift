import MezzWorkflow

/// A kind with the stamp of a toolset behind it.
package enum StampedKind {
    /// The kind without its stamp.
    package static func plain(_ kind: String) -> String {
        kind.firstIndex(of: "@").map { String(kind[..<$0]) } ?? kind
    }

    /// The stamp; `nil` when it has none.
    package static func stamp(of kind: String) -> String? {
        kind.firstIndex(of: "@").map { String(kind[kind.index(after: $0)...]) }
    }
}

extension TaskRequest {
    var plain: TaskRequest { of(kind: StampedKind.plain(kind)) }

    /// The same request under another kind.
    func of(kind: String) -> TaskRequest {
        TaskRequest(
            name: name, kind: kind, parameters: parameters, after: after, slots: needs.slots, memory: needs.memory,
            disk: needs.disk, maximumAttempts: maximumAttempts, priority: priority)
    }
}

extension JobStatus {
    var plain: JobStatus {
        JobStatus(
            job: job,
            kinds: Dictionary(kinds.map { (StampedKind.plain($0.key), $0.value) }, uniquingKeysWith: +),
            nextDue: nextDue, nextExpiry: nextExpiry)
    }
}

extension TaskRecord {
    var plain: TaskRecord {
        TaskRecord(
            request: request.plain, state: state, attempts: attempts, failures: failures, worker: worker,
            expires: expires, due: due, created: created, started: started, finished: finished, result: result,
            failure: failure)
    }
}
