package import MezzCore

extension Report {
    /// A stretch of credits, with its times for a player's skip button.
    package struct Credits: Hashable, Codable, Sendable {
        package let kind: MezzCore.Credits.Kind
        package let firstFrame: Int
        /// One past the last.
        package let endFrame: Int
        package let startSeconds: Double
        package let endSeconds: Double

        package init(_ credits: MezzCore.Credits, frameRate: Rational) {
            kind = credits.kind
            firstFrame = credits.frames.first
            endFrame = credits.frames.end
            startSeconds = frameRate.seconds(ofFrame: firstFrame).rounded(places: 6)
            endSeconds = frameRate.seconds(ofFrame: endFrame).rounded(places: 6)
        }

        private enum CodingKeys: String, CodingKey {
            case kind
            case firstFrame = "first_frame"
            case endFrame = "end_frame"
            case startSeconds = "start_seconds"
            case endSeconds = "end_seconds"
        }
    }
}
