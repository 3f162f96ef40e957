package import Foundation

/// What `report.html` shows beyond `report.json`; all of it may be missing.
package struct ReportExtras: Sendable {
    /// The page's heading, usually the source's name.
    package let title: String
    /// One JPEG for each shot, in the order of the shots; fewer or empty ones leave the rest without a picture.
    package let thumbnails: [Data]
    /// VMAF of every frame, by rung id. Frames that were not measured are NaN.
    package let frameScores: [String: [Float]]
    /// When the package was made; left out, equal input gives equal pages.
    package let createdAt: Date?

    package init(
        title: String, thumbnails: [Data] = [], frameScores: [String: [Float]] = [:], createdAt: Date? = nil
    ) {
        self.title = title
        self.thumbnails = thumbnails
        self.frameScores = frameScores
        self.createdAt = createdAt
    }
}
