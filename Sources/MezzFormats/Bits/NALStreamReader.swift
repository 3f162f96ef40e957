/// What the readers of AVC and HEVC have in common: pictures come out of NAL units, fed one by one or sample by sample.
package protocol NALStreamReader: Sendable {
    /// Takes the next NAL unit.
    /// - Returns: The picture before it, when `unit` starts another access unit.
    mutating func append(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> CodedPicture?

    /// The picture whose NAL units have come in; `nil` when there is none.
    mutating func finish() -> CodedPicture?

    /// Forgets the picture whose NAL units are coming in.
    mutating func begin()
}

extension NALStreamReader {
    /// The pictures of one sample: one frame, or two fields of AVC. Empty for a sample without slices.
    /// - Throws: `FormatError` for broken framing, parameter sets or slice headers; the sample is then forgotten, and
    ///   the next one may be read.
    package mutating func read(
        _ bytes: [UInt8], _ range: Range<Int>, _ framing: NALFraming
    ) throws(FormatError) -> [CodedPicture] {
        do throws(FormatError) {
            var pictures: [CodedPicture] = []
            var units = try NALUnits(bytes, range, framing)
            while let unit = try units.nextUnit() {
                if let picture = try append(bytes, unit) { pictures.append(picture) }
            }
            if let picture = finish() { pictures.append(picture) }
            return pictures
        } catch {
            begin()
            throw error
        }
    }

    package mutating func read(_ bytes: [UInt8], _ framing: NALFraming) throws(FormatError) -> [CodedPicture] {
        try read(bytes, 0..<bytes.count, framing)
    }
}
