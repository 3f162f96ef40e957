/// The structure of an ISO base media file, without its media data.
package struct MP4File: Hashable, Sendable {
    package let boxes: [BoxHeader]
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
        var movie: Movie?
        var indexes: [SegmentIndex] = []
        var fragments: [Fragment] = []
        for box in boxes {
            switch box.type {
            case "moov" where movie == nil: movie = try Movie.read(try contents(of: box, source))
            case "sidx": indexes.append(try SegmentIndex.read(try contents(of: box, source), box))
            case "moof":
                let defaults = (movie ?? initialization)?.defaults ?? [:]
                fragments.append(try Fragment.read(try contents(of: box, source), box, defaults: defaults))
            default: break
            }
        }
        return MP4File(boxes: boxes, movie: movie, indexes: indexes, fragments: fragments)
    }

    static func contents(of box: BoxHeader, _ source: some ByteSource) throws(FormatError) -> [UInt8] {
        guard box.size <= boxLimit else { throw FormatError(.tooLarge, "box \(box.type) is too large", at: box.start) }
        return try source.bytes(box.start..<box.end)
    }
}
