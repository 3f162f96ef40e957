package import FoundationEssentials

/// How urgent a job is beside others.
package enum PriorityClass: String, Codable, CodingKeyRepresentable, Sendable, Hashable, CaseIterable {
    /// Goes before everything else.
    case urgent
    case standard
    /// Takes what the others leave.
    case backfill
}

/// On what terms a job's tasks stand in line. Tasks that a task decides on stand on the terms of its job.
package struct JobTerms: Codable, Sendable, Hashable {
    /// More urgent classes go first.
    package var priorityClass: PriorityClass
    /// When the job should be done. Inside a class the earliest deadline goes first, and any deadline before none.
    package var deadline: Date?
    /// None of its tasks is given out before.
    package var notBefore: Date?
    /// Its tasks are given out during these hours of each day only.
    package var hours: DailyHours?
    /// What bounds how many of its tasks run at once, together with other jobs of the same key.
    package var key: ExclusiveKey?
    /// What the submitter wants to be kept with the job. The queue does not look into it.
    package var about: Data

    package init(
        priorityClass: PriorityClass = .standard, deadline: Date? = nil, notBefore: Date? = nil,
        hours: DailyHours? = nil, key: ExclusiveKey? = nil, about: Data = Data()
    ) {
        self.priorityClass = priorityClass
        self.deadline = deadline
        self.notBefore = notBefore
        self.hours = hours
        self.key = key
        self.about = about
    }
}

/// A name that jobs share, with how many tasks may run under it at once.
package struct ExclusiveKey: Codable, Sendable, Hashable {
    /// Compared as it is.
    package let name: String
    /// 1 or more. Where jobs disagree, the one submitted last decides.
    package let limit: Int

    package init(name: String, limit: Int) {
        self.name = name
        self.limit = max(1, limit)
    }
}

/// A stretch of each day, in UTC.
package struct DailyHours: Codable, Sendable, Hashable {
    /// Minutes after midnight at which it begins, 0 to 1439.
    package let first: Int
    /// Minutes after midnight at which it ends, 0 to 1439. Before `first` it lies on the next day; equal means all day.
    package let end: Int

    package init(first: Int, end: Int) {
        self.first = min(max(first, 0), 1439)
        self.end = min(max(end, 0), 1439)
    }

    /// Whether `date` lies in it.
    package func contains(_ date: Date) -> Bool {
        let minutes = (date.timeIntervalSince1970 / 60).rounded(.down)
        let minute = Int(minutes - (minutes / 1440).rounded(.down) * 1440)
        if first == end { return true }
        return first < end ? (first..<end).contains(minute) : minute >= first || minute < end
    }

    /// When it begins next after `date`, which lies outside.
    package func begins(after date: Date) -> Date {
        let minutes = (date.timeIntervalSince1970 / 60).rounded(.down)
        let today = (minutes / 1440).rounded(.down) * 1440 + Double(first)
        return Date(timeIntervalSince1970: (today > minutes ? today : today + 1440) * 60)
    }
}
