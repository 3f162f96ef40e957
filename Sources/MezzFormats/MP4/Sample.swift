/// One sample of a track. Lists of them are long: it takes 32 bytes.
package struct Sample: Hashable, Sendable {
    /// Where its bytes begin in the file.
    package let offset: Int
    /// In the track's timescale, before any edit.
    package let decodeTime: Int
    package let size: UInt32
    /// In the track's timescale.
    package let duration: UInt32
    /// What is added to the decode time to get the time when it is shown.
    package let compositionOffset: Int32
    /// Number of its sample entry, from 1.
    package let description: UInt16
    /// It can be decoded by itself.
    package let isSync: Bool

    /// Where its bytes lie in the file.
    package var bytes: Range<Int> { offset..<offset + Int(size) }
    /// In the track's timescale, before any edit.
    package var presentationTime: Int { decodeTime + Int(compositionOffset) }
}

/// Puts samples into a list, and refuses those that are not in the file.
struct SampleCollector {
    /// Samples after which a track is refused: those of 24 hours at 96 a second.
    static let limit = 1 << 23

    private(set) var samples: [Sample] = []
    /// Decode time of the next sample.
    var time = 0
    private let fileBytes: Int
    private var bytes = 0

    init(fileBytes: Int) {
        self.fileBytes = fileBytes
    }

    /// Room for samples whose number the bytes of the file bear out.
    mutating func expect(_ count: Int, at offset: Int) throws(FormatError) {
        guard count <= Self.limit - samples.count else {
            throw FormatError(.tooLarge, "too many samples", at: offset)
        }
        samples.reserveCapacity(samples.count + count)
    }

    /// Appends a sample that follows in decoding order.
    /// - Parameter offset: Where its bytes begin.
    mutating func add(
        offset: Int, size: Int, duration: Int, shift: Int, description: Int, isSync: Bool
    ) throws(FormatError) {
        guard samples.count < Self.limit else { throw FormatError(.tooLarge, "too many samples", at: offset) }
        guard offset >= 0, size >= 0, size <= fileBytes, offset <= fileBytes - size else {
            throw FormatError(.truncated, "a sample ends beyond the file", at: offset)
        }
        // With this, what a file asks for is never more than a multiple of the file.
        guard size <= fileBytes - bytes else { throw FormatError(.invalid, "samples that overlap", at: offset) }
        guard let size = UInt32(exactly: size), let duration = UInt32(exactly: duration),
            let shift = Int32(exactly: shift), let description = UInt16(exactly: description)
        else { throw FormatError(.invalid, "a sample with numbers beyond all bounds", at: offset) }
        let end = try sum(time, Int(duration), at: offset)
        _ = try sum(time, Int(shift), at: offset)
        samples.append(
            Sample(
                offset: offset, decodeTime: time, size: size, duration: duration, compositionOffset: shift,
                description: description, isSync: isSync))
        time = end
        bytes += Int(size)
    }
}
