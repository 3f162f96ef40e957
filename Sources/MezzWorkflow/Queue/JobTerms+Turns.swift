package import FoundationEssentials

/// When time alone lets a job's tasks out or keeps them back.
extension JobTerms {
    /// Whether its tasks may be given out at `date`.
    package func lets(outAt date: Date) -> Bool {
        if let notBefore, date < notBefore { return false }
        return hours?.contains(date) ?? true
    }

    /// The first moment at `date` or later at which its tasks may be given out.
    package func letOut(from date: Date) -> Date {
        let earliest = max(date, notBefore ?? date)
        guard let hours, !hours.contains(earliest) else { return earliest }
        return hours.begins(after: earliest)
    }

    /// When ``lets(outAt:)`` changes next after `date`; `nil` when it stays as it is.
    package func nextTurn(after date: Date) -> Date? {
        lets(outAt: date) ? hours?.ends(after: date) : letOut(from: date)
    }
}

extension DailyHours {
    /// When it ends next after `date`, which lies inside; `nil` for all day.
    package func ends(after date: Date) -> Date? {
        if first == end { return nil }
        let minutes = (date.timeIntervalSince1970 / 60).rounded(.down)
        let today = (minutes / 1440).rounded(.down) * 1440 + Double(end)
        return Date(timeIntervalSince1970: (today > minutes ? today : today + 1440) * 60)
    }
}
