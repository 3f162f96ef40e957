/// What a package holds.
package struct PackageListing: Sendable, Hashable {
    /// Paths relative to the package's folder, sorted.
    package let files: [String]
    /// By track id.
    package let segments: [String: [PackagedSegment]]
    package let manifest = "manifest.mpd"
    package let master = "master.m3u8"

    package init(files: [String], segments: [String: [PackagedSegment]]) {
        self.files = files
        self.segments = segments
    }
}

/// One segment of a packaged track.
package struct PackagedSegment: Sendable, Hashable, Codable {
    package let startSeconds: Double
    package let durationSeconds: Double
    package let bytes: Int

    package init(startSeconds: Double, durationSeconds: Double, bytes: Int) {
        self.startSeconds = startSeconds
        self.durationSeconds = durationSeconds
        self.bytes = bytes
    }
}
