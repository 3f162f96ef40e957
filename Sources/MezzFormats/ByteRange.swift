extension Range<Int> {
    /// Reads "first-last" as DASH and HTTP write it, both inclusive.
    package init?(inclusive text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let last = Int(parts[1]), first >= 0, last >= first,
            last < .max
        else { return nil }
        self = first..<last + 1
    }
}
