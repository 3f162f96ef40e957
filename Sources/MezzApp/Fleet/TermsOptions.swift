import ArgumentParser
import Foundation
import MezzCore
import MezzWorkflow

extension PriorityClass: ExpressibleByArgument {}

/// On what terms a job stands in line.
struct TermsOptions: ParsableArguments {
    @Option(name: .customLong("class"), help: ArgumentHelp("urgent, standard or backfill.", valueName: "class"))
    var priorityClass: PriorityClass = .standard

    @Option(
        help: ArgumentHelp(
            "When the job should be done: inside a class the earliest goes first.", valueName: "2026-12-01T18:00:00Z"))
    var deadline: MomentArgument?

    @Option(help: ArgumentHelp("Nothing runs before.", valueName: "2026-12-01T18:00:00Z"))
    var notBefore: MomentArgument?

    @Option(help: ArgumentHelp("Its tasks start during these hours of each day only, UTC.", valueName: "22:00-06:00"))
    var hours: HoursArgument?

    @Option(
        help: ArgumentHelp(
            "At most N tasks of all jobs with this name run at once.", valueName: "name=n"))
    var limit: KeyArgument?

    func terms() -> JobTerms {
        JobTerms(
            priorityClass: priorityClass, deadline: deadline?.date, notBefore: notBefore?.date, hours: hours?.hours,
            key: limit?.key)
    }
}

/// A moment as ISO 8601 writes it.
struct MomentArgument: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
        guard let date = try? Date(argument, strategy: .iso8601) else { return nil }
        self.date = date
    }
}

/// A stretch of each day, as in "22:00-06:00".
struct HoursArgument: ExpressibleByArgument {
    let hours: DailyHours

    init?(argument: String) {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
        guard ends.count == 2, let first = ends[0], let end = ends[1] else { return nil }
        hours = DailyHours(first: first, end: end)
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}

/// A name with how many tasks may run under it, as in "archive=4".
struct KeyArgument: ExpressibleByArgument {
    let key: ExclusiveKey

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let limit = Int(parts[1]), limit >= 1 else { return nil }
        key = ExclusiveKey(name: String(parts[0]), limit: limit)
    }
}
