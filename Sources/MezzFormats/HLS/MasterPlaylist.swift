package import MezzCore

/// An HLS multivariant ("master") playlist.
package struct MasterPlaylist: Hashable, Sendable {
    package struct Variant: Hashable, Sendable {
        package let uri: String
        package let bandwidth: Int?
        package let averageBandwidth: Int?
        package let codecs: String?
        package let resolution: Resolution?
        package let frameRate: Double?
        package let audioGroup: String?
        package let subtitleGroup: String?
    }

    package struct Rendition: Hashable, Sendable {
        /// "AUDIO", "SUBTITLES", …
        package let type: String
        package let group: String
        package let name: String
        package let uri: String?
        package let language: String?
        package let isDefault: Bool
        package let channels: String?
    }

    package struct IFrameStream: Hashable, Sendable {
        package let uri: String
        package let bandwidth: Int?
        package let codecs: String?
        package let resolution: Resolution?
    }

    package let variants: [Variant]
    package let renditions: [Rendition]
    package let iFrameStreams: [IFrameStream]

    /// Reads a playlist.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> MasterPlaylist {
        let lines = try HLSText(bytes).lines
        var variants: [Variant] = []
        var renditions: [Rendition] = []
        var streams: [IFrameStream] = []
        var pending: [String: String]?
        for (number, line) in lines.enumerated() {
            if let text = line.value(of: "#EXT-X-STREAM-INF:") {
                pending = try attributes(text, line: number)
            } else if let text = line.value(of: "#EXT-X-MEDIA:") {
                renditions.append(try Rendition(try attributes(text, line: number), line: number))
            } else if let text = line.value(of: "#EXT-X-I-FRAME-STREAM-INF:") {
                streams.append(try IFrameStream(try attributes(text, line: number), line: number))
            } else if !line.hasPrefix("#") {
                guard let attributes = pending else {
                    throw FormatError(.invalid, "a variant without #EXT-X-STREAM-INF", at: number + 1)
                }
                variants.append(Variant(uri: String(line), attributes))
                pending = nil
            }
        }
        guard pending == nil else { throw FormatError(.truncated, "a variant without its URI", at: lines.count) }
        return MasterPlaylist(variants: variants, renditions: renditions, iFrameStreams: streams)
    }

    private static func attributes(_ text: Substring, line: Int) throws(FormatError) -> [String: String] {
        guard let attributes = HLSAttributes.read(text) else {
            throw FormatError(.invalid, "an attribute list that cannot be read", at: line + 1)
        }
        return attributes
    }
}

extension MasterPlaylist.Variant {
    fileprivate init(uri: String, _ attributes: [String: String]) {
        self.init(
            uri: uri, bandwidth: attributes["BANDWIDTH"].flatMap { Int($0) },
            averageBandwidth: attributes["AVERAGE-BANDWIDTH"].flatMap { Int($0) }, codecs: attributes["CODECS"],
            resolution: attributes["RESOLUTION"].flatMap(Resolution.init(hls:)),
            frameRate: attributes["FRAME-RATE"].flatMap { Double($0) }, audioGroup: attributes["AUDIO"],
            subtitleGroup: attributes["SUBTITLES"])
    }
}

extension MasterPlaylist.Rendition {
    fileprivate init(_ attributes: [String: String], line: Int) throws(FormatError) {
        guard let type = attributes["TYPE"], let group = attributes["GROUP-ID"], let name = attributes["NAME"] else {
            throw FormatError(.invalid, "a rendition without type, group or name", at: line + 1)
        }
        self.init(
            type: type, group: group, name: name, uri: attributes["URI"], language: attributes["LANGUAGE"],
            isDefault: attributes["DEFAULT"] == "YES", channels: attributes["CHANNELS"])
    }
}

extension MasterPlaylist.IFrameStream {
    fileprivate init(_ attributes: [String: String], line: Int) throws(FormatError) {
        guard let uri = attributes["URI"] else {
            throw FormatError(.invalid, "an I-frame stream without a URI", at: line + 1)
        }
        self.init(
            uri: uri, bandwidth: attributes["BANDWIDTH"].flatMap { Int($0) }, codecs: attributes["CODECS"],
            resolution: attributes["RESOLUTION"].flatMap(Resolution.init(hls:)))
    }
}

extension Resolution {
    /// Reads "1920x1080".
    fileprivate init?(hls text: String) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), width > 0, height > 0 else {
            return nil
        }
        self.init(width: width, height: height)
    }
}
