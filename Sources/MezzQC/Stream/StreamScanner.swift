package import MezzFormats

/// Reads a video track through, a sample at a time: headers alone, whatever the samples' size.
package enum StreamScanner {
    /// A part of a track: a whole file, or the segments behind an initialization segment.
    package struct Part {
        let source: any ByteSource
        let samples: [Sample]

        package init(source: any ByteSource, samples: [Sample]) {
            self.source = source
            self.samples = samples
        }
    }

    /// Samples whose reading failed beyond which the rest is left unread.
    private static let mostDamage = 100
    /// Bytes read at a time; samples are neighbours.
    private static let window = 4 << 20

    /// - Parameters:
    ///   - name: What findings call the stream.
    ///   - track: Its header, from the file or the initialization segment.
    /// - Throws: `FormatError` when the sample entry has no record of a codec that is known here, or a part cannot be
    ///   read. Samples that are damaged are noted in the stream.
    package static func scan(_ name: String, track: MovieTrack, parts: [Part]) throws(FormatError) -> CodedStream {
        guard let entry = track.entries.first, var reader = try SampleReader(entry) else {
            throw FormatError(.invalid, "\(track.codec) is no codec that can be checked", at: 0)
        }
        var stream = CodedStream(
            name: name, timescale: track.timescale, entry: entry, descriptions: [], pictures: [],
            presentationStart: track.edits.first { $0.mediaTime >= 0 }?.mediaTime)
        stream.pictures.reserveCapacity(parts.reduce(0) { $0 + $1.samples.count })
        for part in parts { try scan(part, &reader, &stream) }
        return stream
    }

    private static func scan(
        _ part: Part, _ reader: inout SampleReader, _ stream: inout CodedStream
    ) throws(FormatError) {
        var held = 0..<0
        var bytes: [UInt8] = []
        for sample in part.samples where stream.damage.count < mostDamage {
            let range = sample.bytes
            if range.lowerBound < held.lowerBound || range.upperBound > held.upperBound {
                held = range.lowerBound..<max(range.upperBound, min(range.lowerBound + window, part.source.count))
                bytes = try part.source.bytes(held)
            }
            var picture = StreamPicture(
                bytes: sample.size, decodeTime: sample.decodeTime, shift: sample.compositionOffset,
                duration: sample.duration, traits: sample.isSync ? .isSync : [])
            let number = stream.pictures.count
            do throws(FormatError) {
                let local = range.lowerBound - held.lowerBound..<range.upperBound - held.lowerBound
                try reader.read(bytes, local, into: &picture)
                let description = reader.description
                if let description, stream.descriptions.last?.1 != description {
                    stream.descriptions.append((number, description))
                }
            } catch {
                stream.damage.append((number, error))
            }
            stream.pictures.append(picture)
        }
    }
}
