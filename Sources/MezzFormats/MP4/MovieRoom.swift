/// Puts boxes into a movie's sample entries without moving anything that lies outside the movie.
///
/// Media follow `moov`, and manifests, indexes and fragments count bytes from the beginning of the file, so that `moov`
/// must keep its length. The room comes from what it holds that says nothing of the media: free space, and the tag with
/// the packager's name (`meta` with the handler `ID32`).
package enum MovieRoom {
    /// Bytes that replace as many others.
    package struct Patch: Hashable, Sendable {
        /// Where they go in the file.
        package let offset: Int
        package let bytes: [UInt8]
    }

    /// The movie with more boxes at the end of its video entries.
    /// - Parameter addition: The boxes that an entry lacks; empty for none.
    /// - Returns: `nil` when nothing is to be added.
    /// - Throws: `FormatError` when there is no movie, it cannot be read, or has no room.
    package static func patch(
        _ source: some ByteSource, adding addition: (SampleEntry) -> [UInt8]
    ) throws(FormatError) -> Patch? {
        guard let box = try BoxHeader.list(source, in: 0..<source.count).first(where: { $0.type == "moov" }) else {
            throw FormatError(.invalid, "no movie", at: 0)
        }
        var bytes = try MP4File.contents(of: box, source)
        let tree = try BoxTree.read(bytes)
        var insertions: [Insertion] = []
        for track in tree.all("trak") { insertions += try self.insertions(bytes, track, addition) }
        let count = insertions.reduce(0) { $0 + $1.bytes.count }
        guard count > 0 else { return nil }
        let room = try room(for: count, in: tree, bytes)
        for insertion in insertions {
            for holder in insertion.holders { try grow(holder, by: insertion.bytes.count, &bytes) }
        }
        var edits = insertions.map { (range: $0.place..<$0.place, bytes: $0.bytes) }
        edits.append((room.start..<room.end, free(room.size - count)))
        // From the end, so that places hold. Where room begins at the very place, what it shrinks to goes behind it.
        edits.sort { ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound) }
        for edit in edits {
            bytes.replaceSubrange(edit.range, with: edit.bytes)
        }
        return Patch(offset: box.start, bytes: bytes)
    }

    private struct Insertion {
        let bytes: [UInt8]
        let place: Int
        /// All boxes around the place but the movie itself.
        let holders: [BoxHeader]
    }

    /// Bytes of a video entry before its boxes: reserved, data_reference_index and the fields of VisualSampleEntry.
    private static let fixedBytes = 78

    private static func insertions(
        _ bytes: [UInt8], _ track: BoxTree, _ addition: (SampleEntry) -> [UInt8]
    ) throws(FormatError) -> [Insertion] {
        let media = try track.required("mdia")
        var handler = try ByteCursor(bytes, try media.required("hdlr").header.payload)
        try handler.skip(8)
        guard try handler.fourCC() == "vide" else { return [] }
        let info = try media.required("minf")
        let table = try info.required("stbl")
        let list = try table.required("stsd").header
        let holders = [track.header, media.header, info.header, table.header, list]
        var insertions: [Insertion] = []
        // Version, flags and the number of entries.
        var position = list.payload.lowerBound + 8
        for entry in try SampleEntry.list(bytes, list.payload, handler: "vide") {
            let box = try BoxHeader.read(bytes, at: position, end: list.end, isTopLevel: false)
            position = box.end
            let added = addition(entry)
            guard !added.isEmpty else { continue }
            let start = box.payload.lowerBound + fixedBytes
            guard start <= box.end else { throw FormatError(.truncated, "a sample entry ends early", at: box.start) }
            // A terminator of QuickTime stays the last.
            let place = try SampleEntry.boxes(bytes, start..<box.end).last?.end ?? start
            insertions.append(Insertion(bytes: added, place: place, holders: holders + [box]))
        }
        return insertions
    }

    /// A box that can give `count` bytes: what is left of it must hold a header.
    private static func room(
        for count: Int, in movie: BoxTree, _ bytes: [UInt8]
    ) throws(FormatError) -> BoxHeader {
        for box in movie.children.map(\.header) where box.size == count || box.size >= count + 8 {
            if box.type == "free" || box.type == "skip" || box.type == "meta" && isTag(bytes, box) { return box }
        }
        throw FormatError(.invalid, "no room for \(count) bytes in the movie", at: movie.header.start)
    }

    /// `meta` is a full box, which begins with its handler.
    private static func isTag(_ bytes: [UInt8], _ box: BoxHeader) -> Bool {
        let payload = box.payload
        guard payload.count >= 24 else { return false }
        let handler = payload.lowerBound + 4
        return bytes[handler + 4..<handler + 8].elementsEqual("hdlr".utf8)
            && bytes[handler + 16..<handler + 20].elementsEqual("ID32".utf8)
    }

    private static func free(_ count: Int) -> [UInt8] {
        count == 0 ? [] : .box("free", [UInt8](repeating: 0, count: count - 8))
    }

    /// Adds to the length that a box states.
    private static func grow(_ box: BoxHeader, by count: Int, _ bytes: inout [UInt8]) throws(FormatError) {
        let isWide = box.headerBytes == 16
        let field = isWide ? box.start + 8..<box.start + 16 : box.start..<box.start + 4
        let size = bytes[field].reduce(0) { $0 << 8 | Int($1) } + count
        guard isWide || size <= UInt32.max else {
            throw FormatError(.tooLarge, "box \(box.type) grows too large", at: box.start)
        }
        for (index, place) in field.enumerated() {
            bytes[place] = UInt8(truncatingIfNeeded: size >> (8 * (field.count - 1 - index)))
        }
    }
}
