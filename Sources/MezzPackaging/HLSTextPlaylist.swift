import Foundation

/// The playlist of a text: its one segment is the WebVTT file, which lasts as long as the picture whenever the last cue
/// ends. Players load it once, and nothing of it is lost that the packager does not know of.
enum HLSTextPlaylist {
    /// - Parameters:
    ///   - file: Its name, beside the playlist.
    ///   - seconds: Length of the picture.
    static func of(_ file: String, seconds: Double) -> String {
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-TARGETDURATION:\(Int(seconds.rounded(.up)))
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXTINF:\(String(format: "%.3f", seconds)),
        \(file)
        #EXT-X-ENDLIST

        """
    }
}
