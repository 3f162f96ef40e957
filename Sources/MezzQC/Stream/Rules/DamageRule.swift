import MezzCore

/// Every sample can be read.
enum DamageRule {
    private static let most = 10

    static func findings(_ stream: CodedStream) -> [Finding] {
        var findings = stream.damage.prefix(most).map { number, error in
            StreamRule.unreadable.finding("the sample cannot be read: \(error)".printable, stream.name, picture: number)
        }
        if stream.pictures.isEmpty {
            findings.append(StreamRule.unreadable.finding("the track holds no samples", stream.name))
        }
        return findings
    }
}
