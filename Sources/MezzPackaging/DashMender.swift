/// Mends the packager's DASH manifest where it varies between runs or where players stumble.
enum DashMender {
    /// - `BaseURL`: the packager escapes the slash of "video/a.mp4", and many servers answer 404 to `%2F`.
    /// - `AdaptationSet@id`: numbered in the order in which the packager's threads arrive, so they differ from run
    ///   to run. Nothing else refers to them.
    /// - Every segment begins with a key frame that is shown first, which `SegmentAlignment` has proved: the on-demand
    ///   profile wants that said, and the packager says it of audio only.
    static func mend(_ manifest: String, layout: SegmentLayout) -> String {
        let access = layout == .onDemand ? "subsegmentStartsWithSAP" : "startWithSAP"
        var sets = 0
        return manifest.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.contains("<BaseURL>") { return String(line).replacing("%2F", with: "/") }
            guard let tag = line.firstRange(of: "<AdaptationSet id=\"") else { return String(line) }
            let rest = line[tag.upperBound...].drop(while: \.isNumber)
            var mended = line[..<tag.upperBound] + String(sets) + rest
            sets += 1
            if !mended.contains(" " + access + "="), let end = mended.lastIndex(of: ">") {
                mended.insert(contentsOf: " \(access)=\"1\"", at: end)
            }
            return String(mended)
        }.joined(separator: "\n")
    }
}
