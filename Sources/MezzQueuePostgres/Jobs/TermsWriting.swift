internal import FoundationEssentials
internal import MezzWorkflow

/// Writes the terms of a job, and moves its tasks that are in line to where they belong by them.
struct TermsWriting: Sendable {
    let terms: JobTerms
    let time: QueueTime
    private let asked: Data

    init(_ terms: JobTerms, time: QueueTime) throws {
        self.terms = terms
        self.time = time
        self.asked = try CanonicalJSON.encode(terms)
    }

    /// Adds a job that is new; leaves one alone that somebody else has added meanwhile.
    func make(_ job: JobID, on connection: Connection) throws {
        let row = try rowOfTerms(on: connection)
        try connection.run(TermsStatements.makeJob, columns(row) + [.text(job.value)])
    }

    /// Brings the locked job to these terms.
    func change(_ job: Int, on connection: Connection) throws {
        if try connection.run(TermsStatements.differ, [.int(job), .bytes(asked)]).first?("differ") ?? true {
            let row = try rowOfTerms(on: connection)
            try connection.run(JobTurn.alone, [.int(job)])
            try connection.run(TermsStatements.changeJob, columns(row) + [.int(job)])
            try connection.run(TermsStatements.moveLine, [time.parameter, .int(job)])
            // Leases under way have ended when their places in line were moved, so their attempts are seen here.
            try connection.run(TermsStatements.moveHolds, [.int(job)])
            try connection.run(TaskInsertionStatements.wake)
        }
    }

    /// Makes the key's limit what these terms say. To be done last: it locks the key for everyone.
    func limitKey(on connection: Connection) throws {
        guard let key = terms.key else { return }
        try connection.run(TermsStatements.limitKey, [.text(key.name), .int(key.limit)])
    }

    private func columns(_ row: Int) -> [Parameter] {
        [
            time.parameter, .int(row), .int(terms.priorityClass.number),
            .double(terms.deadline?.timeIntervalSince1970 ?? .infinity),
            .optional(terms.notBefore?.timeIntervalSince1970), .bytes(asked),
        ]
    }

    private func rowOfTerms(on connection: Connection) throws -> Int {
        var key = 0
        if let name = terms.key {
            try connection.run(TermsStatements.makeKey, [.text(name.name), .int(name.limit)])
            key = try connection.run(TermsStatements.findKey, [.text(name.name)]).first?("id") ?? 0
        }
        let hours = terms.hours.flatMap { $0.first == $0.end ? nil : $0 }
        let values: [Parameter] = [
            .int(terms.priorityClass.number), .int(key), .int(hours?.first ?? 0), .int(hours?.end ?? 0),
        ]
        try connection.run(TermsStatements.makeTerms, values)
        guard let row: Int = try connection.run(TermsStatements.findTerms, values).first?("id") else {
            throw QueueError.broken("terms that were just stored are gone")
        }
        return row
    }
}

extension PriorityClass {
    /// How it is stored: the most urgent is 0.
    var number: Int {
        switch self {
        case .urgent: 0
        case .standard: 1
        case .backfill: 2
        }
    }

    /// Reads a class from its column.
    static func stored(_ number: Int) throws -> PriorityClass {
        guard let found = allCases.first(where: { $0.number == number }) else {
            throw QueueError.broken("unknown class \(number) in the database")
        }
        return found
    }
}
