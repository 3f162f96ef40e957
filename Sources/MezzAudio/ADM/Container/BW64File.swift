package import MezzFormats

/// A RIFF, RF64 or BW64 file (ITU-R BS.2088-1, EBU Tech 3306) as its chunks tell: format, samples' place, tracks, XML.
package struct BW64File: Sendable {
    /// The file's first four letters.
    package enum Container: String, Sendable, Codable {
        case riff = "RIFF"
        case rf64 = "RF64"
        case bw64 = "BW64"
    }

    /// How the samples are written.
    package struct Format: Hashable, Sendable {
        package let channels: Int
        /// Hz.
        package let sampleRate: Int
        package let bitsPerSample: Int
        /// Bytes of one sample of all channels.
        package let frameBytes: Int
        /// Whether the samples are floats; whole numbers otherwise.
        package let isFloat: Bool
    }

    package let container: Container
    package let format: Format
    /// Where the samples are, in bytes; ends with the file when the chunk claims more.
    package let samples: Range<Int>
    /// Bytes of samples that the chunk claims and the file does not have.
    package let missingBytes: Int
    /// `nil` without a `chna` chunk.
    package let tracks: [TrackAssignment]?
    /// The XML of `axml`; `nil` without that chunk.
    package let xml: [UInt8]?

    /// Frames: one sample of each channel.
    package var frames: Int { samples.count / format.frameBytes }
    /// Length in seconds.
    package var seconds: Double { Double(frames) / Double(format.sampleRate) }

    /// Most bytes of XML that are read: those of a feature film with a hundred moving objects have 200 MB.
    package static let mostXMLBytes = 512 << 20
    private static let mostAssignmentBytes = 4 << 20
    private static let mostFormatBytes = 1 << 16

    /// - Throws: `FormatError` when it is no such file, its format is none of sampled sound, or it lacks samples.
    package init(_ source: some ByteSource) throws(FormatError) {
        let list = try BW64Chunks(source)
        guard let formatPlace = list["fmt "] else { throw FormatError(.invalid, "there is no fmt chunk", at: 12) }
        guard let data = list["data"] else { throw FormatError(.truncated, "there is no data chunk", at: source.count) }
        container = list.container
        let format = try Format(Self.whole(formatPlace, of: source, limit: Self.mostFormatBytes), at: formatPlace.start)
        self.format = format
        let end = min(data.end, source.count)
        samples = data.start..<end
        missingBytes = data.end - end
        if let place = list["chna"] {
            tracks = try TrackAssignment.read(Self.whole(place, of: source, limit: Self.mostAssignmentBytes))
        } else {
            tracks = nil
        }
        if let place = list["axml"] {
            xml = try Self.whole(place, of: source, limit: Self.mostXMLBytes)
        } else {
            xml = nil
        }
    }

    private static func whole(
        _ chunk: BW64Chunks.Chunk, of source: some ByteSource, limit: Int
    ) throws(FormatError) -> [UInt8] {
        guard chunk.size <= limit else {
            throw FormatError(.tooLarge, "the \(chunk.name) chunk is larger than any real one", at: chunk.start)
        }
        guard chunk.end <= source.count else {
            throw FormatError(.truncated, "the file ends within the \(chunk.name) chunk", at: chunk.start)
        }
        return try source.bytes(chunk.start..<chunk.end)
    }
}

extension BW64File.Format {
    private static let pcm = 1
    private static let float = 3
    private static let extensible = 0xFFFE

    fileprivate init(_ bytes: [UInt8], at place: Int) throws(FormatError) {
        var cursor = LittleCursor(bytes)
        let tag = try cursor.u16()
        channels = try cursor.u16()
        sampleRate = try cursor.u32()
        _ = try cursor.u32()
        frameBytes = try cursor.u16()
        bitsPerSample = try cursor.u16()
        var kind = tag
        if tag == Self.extensible {
            // Size of what follows, valid bits, loudspeakers; then the GUID, whose first two bytes are the plain tag.
            try cursor.skip(8)
            kind = try cursor.u16()
        }
        isFloat = kind == Self.float
        guard kind == Self.pcm || kind == Self.float else {
            throw FormatError(.invalid, "the samples are neither PCM nor floats", at: place)
        }
        guard channels > 0, 1000...768_000 ~= sampleRate, 1...64 ~= bitsPerSample,
            frameBytes == channels * ((bitsPerSample + 7) / 8)
        else { throw FormatError(.invalid, "the fmt chunk contradicts itself", at: place) }
    }
}
