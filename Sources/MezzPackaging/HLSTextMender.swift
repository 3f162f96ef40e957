import Foundation

/// Mends the playlist of a WebVTT file: its one segment lasts as long as the picture, whenever the last cue ends.
enum HLSTextMender {
    /// - Parameter seconds: Length of the picture.
    static func mend(_ playlist: String, seconds: Double) -> String {
        playlist.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasPrefix("#EXTINF:") { return String(format: "#EXTINF:%.3f,", seconds) }
            if line.hasPrefix("#EXT-X-TARGETDURATION:") { return "#EXT-X-TARGETDURATION:\(Int(seconds.rounded(.up)))" }
            return String(line)
        }.joined(separator: "\n")
    }
}
