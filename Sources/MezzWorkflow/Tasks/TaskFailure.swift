/// Why a task did not succeed, in the parts a user needs to act on it.
package struct TaskFailure: Codable, Sendable, Hashable, Error {
    /// The exit code this failure leads to: 2 work failed, 65 input refused, 69 tool missing, 75 try again.
    package let code: Int32
    /// What went wrong.
    package let what: String
    /// Where: a file, a tool, a task.
    package let place: String
    /// What the user can do about it.
    package let remedy: String
    /// The tool's own words, for the report.
    package let detail: String
    /// Whether the same work may succeed when tried again.
    package let transient: Bool

    package init(
        code: Int32 = 2, what: String, place: String, remedy: String, detail: String = "", transient: Bool = false
    ) {
        self.code = code
        self.what = what
        self.place = place
        self.remedy = remedy
        self.detail = detail
        self.transient = transient
    }

    /// The failure of a task whose last attempt ended without a word: its worker died or lost its connection.
    package static func abandoned(task: String, attempts: Int) -> TaskFailure {
        TaskFailure(
            code: 2,
            what: "set aside after \(attempts) attempts: the last worker stopped without a result",
            place: task,
            remedy: "look for workers that ran out of memory or disk, then retry the job")
    }
}
