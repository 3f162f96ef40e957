/// An HLS media playlist.
package struct MediaPlaylist: Hashable, Sendable {
    /// A file, or a part of it.
    package struct Resource: Hashable, Sendable {
        package let uri: String
        /// `nil` for the whole file.
        package let bytes: Range<Int>?
    }

    package struct Segment: Hashable, Sendable {
        package let resource: Resource
        package let durationSeconds: Double
    }

    package let targetDuration: Int?
    /// "VOD" or "EVENT".
    package let type: String?
    package let isIFramesOnly: Bool
    /// `#EXT-X-ENDLIST` is there: nothing will be added.
    package let isComplete: Bool
    package let map: Resource?
    package let segments: [Segment]

    package var durationSeconds: Double { segments.reduce(0) { $0 + $1.durationSeconds } }

    /// Reads a playlist.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> MediaPlaylist {
        var reader = MediaPlaylistReader()
        let lines = try HLSText(bytes).lines
        for (number, line) in lines.enumerated() { try reader.read(line, number: number + 1) }
        return reader.playlist
    }
}

/// Takes a media playlist in, line by line.
private struct MediaPlaylistReader {
    private var targetDuration: Int?
    private var type: String?
    private var isIFramesOnly = false
    private var isComplete = false
    private var map: MediaPlaylist.Resource?
    private var segments: [MediaPlaylist.Segment] = []
    private var duration: Double?
    private var range: (length: Int, offset: Int?)?
    /// Where the last range ended, for ranges that say only their length.
    private var last: (uri: String, end: Int)?

    var playlist: MediaPlaylist {
        MediaPlaylist(
            targetDuration: targetDuration, type: type, isIFramesOnly: isIFramesOnly, isComplete: isComplete, map: map,
            segments: segments)
    }

    mutating func read(_ line: Substring, number: Int) throws(FormatError) {
        if !line.hasPrefix("#") {
            try addSegment(String(line), number)
        } else if let text = line.value(of: "#EXTINF:") {
            guard let seconds = Double(text.prefix { $0 != "," }), seconds.isFinite, seconds >= 0 else {
                throw FormatError(.invalid, "a segment's duration cannot be read", at: number)
            }
            duration = seconds
        } else if let text = line.value(of: "#EXT-X-BYTERANGE:") {
            range = try Self.range(text, number)
        } else if let text = line.value(of: "#EXT-X-MAP:") {
            try readMap(text, number)
        } else if let text = line.value(of: "#EXT-X-TARGETDURATION:") {
            targetDuration = Int(text)
        } else if let text = line.value(of: "#EXT-X-PLAYLIST-TYPE:") {
            type = String(text)
        } else if line == "#EXT-X-I-FRAMES-ONLY" {
            isIFramesOnly = true
        } else if line == "#EXT-X-ENDLIST" {
            isComplete = true
        }
    }

    private mutating func addSegment(_ uri: String, _ number: Int) throws(FormatError) {
        guard let seconds = duration else { throw FormatError(.invalid, "a segment without #EXTINF", at: number) }
        var bytes: Range<Int>?
        if let range {
            let start = range.offset ?? (last?.uri == uri ? last?.end ?? 0 : 0)
            bytes = start..<(try sum(start, range.length, at: number))
        }
        segments.append(.init(resource: .init(uri: uri, bytes: bytes), durationSeconds: seconds))
        last = bytes.map { (uri, $0.upperBound) }
        duration = nil
        range = nil
    }

    private mutating func readMap(_ text: Substring, _ number: Int) throws(FormatError) {
        guard let attributes = HLSAttributes.read(text), let uri = attributes["URI"] else {
            throw FormatError(.invalid, "a map that cannot be read", at: number)
        }
        var bytes: Range<Int>?
        if let text = attributes["BYTERANGE"] {
            let range = try Self.range(Substring(text), number)
            let start = range.offset ?? 0
            bytes = start..<(try sum(start, range.length, at: number))
        }
        map = .init(uri: uri, bytes: bytes)
    }

    /// Reads "length@offset" or "length".
    private static func range(_ text: Substring, _ number: Int) throws(FormatError) -> (length: Int, offset: Int?) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let length = parts.first.flatMap({ Int($0) }), length >= 0, parts.count <= 2 else {
            throw FormatError(.invalid, "a byte range that cannot be read", at: number)
        }
        guard parts.count == 2 else { return (length, nil) }
        guard let offset = Int(parts[1]), offset >= 0 else {
            throw FormatError(.invalid, "a byte range that cannot be read", at: number)
        }
        return (length, offset)
    }
}
