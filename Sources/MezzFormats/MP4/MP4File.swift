/// The structure of an ISO base media file, without its media data.
package struct MP4File: Hashable, Sendable {
    package let boxes: [BoxHeader]
    /// What `ftyp` says, `nil` without one.
    package let type: FileType?
    /// What each `styp` says.
    package let segmentTypes: [FileType]
    package let movie: Movie?
    package let indexes: [SegmentIndex]
    package let fragments: [Fragment]

    /// Bytes of a `moov`, `moof` or `sidx` above which a file is refused.
    private static let boxLimit = 64 << 20

    /// - Parameter initialization: The movie of the initialization segment, for media segments.
    package static func read(
        _ source: some ByteSource, initialization: Movie? = nil
    ) throws(FormatError) -> MP4File {
        let boxes = try BoxHeader.list(source, in: 0..<source.count)
        var types: [FourCC: [FileType]] = [:]
        var movie: Movie?
        var indexes: [SegmentIndex] = []
        var fragments: [Fragment] = []
        for (index, box) in boxes.enumerated() {
            switch box.type {
            case "ftyp", "styp":
                types[box.type, default: []].append(try FileType.read(try contents(of: box, source), box))
            case "moov" where movie == nil: movie = try Movie.read(try contents(of: box, source))
            case "sidx": indexes.append(try SegmentIndex.read(try contents(of: box, source), box))
            case "moof":
                let defaults = (movie ?? initialization)?.defaults ?? [:]
                var fragment = try Fragment.read(try contents(of: box, source), box, defaults: defaults)
                let next = boxes.dropFirst(index + 1).first
                fragment.mediaData = next?.type == "mdat" ? next?.payload : nil
                fragments.append(fragment)
            default: break
            }
        }
        return MP4File(
            boxes: boxes, type: types["ftyp"]?.first, segmentTypes: types["styp"] ?? [], movie: movie,
            indexes: indexes, fragments: fragments)
    }

    static func contents(of box: BoxHeader, _ source: some ByteSource) throws(FormatError) -> [UInt8] {
        guard box.size <= boxLimit else { throw FormatError(.tooLarge, "box \(box.type) is too large", at: box.start) }
        return try source.bytes(box.start..<box.end)
    }
}
