/// An entry of `stsd`: how samples are coded (ISO/IEC 14496-12, 8.5.2).
package struct SampleEntry: Hashable, Sendable {
    /// The entry's own type: `avc1`, `hvc1`, `av01`, `mp4a`, …; `encv` or `enca` where samples are encrypted.
    package let format: FourCC
    /// The type before encryption; else the same.
    package let codec: FourCC
    /// Of a video track.
    package let video: VideoDescription?
    /// Of a sound track.
    package let audio: AudioDescription?
    /// `nil` where the codec needs none, or it is not known here.
    package let configuration: CodecConfiguration?
    package let protection: SampleProtection?
    /// `btrt`
    package let bitrate: DeclaredBitrate?
    /// All boxes of the entry, in order.
    package let boxes: [FourCC]

    /// The entries of a `stsd` box.
    /// - Parameters:
    ///   - payload: After the box's header.
    ///   - handler: Of the track; entries of others than video and sound are not looked into.
    static func list(
        _ bytes: [UInt8], _ payload: Range<Int>, handler: FourCC
    ) throws(FormatError) -> [SampleEntry] {
        var cursor = try ByteCursor(bytes, payload)
        let version = try cursor.versionAndFlags().version
        let count = try cursor.u32()
        guard count <= cursor.remaining / 8 else {
            throw FormatError(.truncated, "a list of sample entries ends early", at: cursor.position)
        }
        var entries: [SampleEntry] = []
        var position = cursor.position
        for _ in 0..<count {
            let box = try BoxHeader.read(bytes, at: position, end: payload.upperBound, isTopLevel: false)
            entries.append(try read(bytes, box, handler: handler, isQuickTime: version == 0))
            position = box.end
        }
        return entries
    }

    private static func read(
        _ bytes: [UInt8], _ box: BoxHeader, handler: FourCC, isQuickTime: Bool
    ) throws(FormatError) -> SampleEntry {
        var cursor = try ByteCursor(bytes, box.payload)
        // reserved, data_reference_index
        try cursor.skip(8)
        var video: VideoDescription?
        var audio: AudioDescription?
        var children: [BoxHeader] = []
        switch handler {
        case "vide":
            var description = try VideoDescription(&cursor)
            children = try boxes(bytes, cursor.position..<box.end)
            for child in children { try description.take(bytes, child) }
            video = description
        case "soun":
            audio = try AudioDescription(&cursor, isQuickTime: isQuickTime)
            children = try boxes(bytes, cursor.position..<box.end)
            // QuickTime wraps the configuration.
            for wave in children where wave.type == "wave" { children += try boxes(bytes, wave.payload) }
        default: break
        }
        let protection = try children.first { $0.type == "sinf" }.protection(bytes)
        let codec = protection?.original ?? box.type
        return SampleEntry(
            format: box.type, codec: codec, video: video, audio: audio,
            configuration: try CodecConfiguration.find(bytes, children, codec: codec), protection: protection,
            bitrate: try DeclaredBitrate.find(bytes, children), boxes: children.map(\.type))
    }

    /// The boxes in `range`. Less than a header, or a size of 0, ends them, as QuickTime does.
    static func boxes(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) -> [BoxHeader] {
        var boxes: [BoxHeader] = []
        var position = range.lowerBound
        while range.upperBound - position >= 8, bytes[position..<position + 4].contains(where: { $0 != 0 }) {
            let box = try BoxHeader.read(bytes, at: position, end: range.upperBound, isTopLevel: false)
            boxes.append(box)
            position = box.end
        }
        return boxes
    }
}

extension BoxHeader? {
    fileprivate func protection(_ bytes: [UInt8]) throws(FormatError) -> SampleProtection? {
        guard let box = self else { return nil }
        return try SampleProtection.read(bytes, box)
    }
}

/// `btrt` (8.5.2).
package struct DeclaredBitrate: Hashable, Sendable {
    /// Bytes of the decoding buffer.
    package let bufferBytes: Int
    /// Bits a second.
    package let maximum: Int
    package let average: Int

    static func find(_ bytes: [UInt8], _ boxes: [BoxHeader]) throws(FormatError) -> DeclaredBitrate? {
        guard let box = boxes.first(where: { $0.type == "btrt" }) else { return nil }
        var cursor = try ByteCursor(bytes, box.payload)
        return DeclaredBitrate(
            bufferBytes: try cursor.u32(), maximum: try cursor.u32(), average: try cursor.u32())
    }
}
