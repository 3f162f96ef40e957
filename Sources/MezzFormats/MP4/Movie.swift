/// What `moov` says about a file.
package struct Movie: Hashable, Sendable {
    package let timescale: Int
    /// In units of `timescale`.
    package let duration: Int
    package let tracks: [MovieTrack]
    /// Whether fragments may follow (`mvex`).
    package let isFragmented: Bool
    /// By track number: what samples of fragments have when nothing else is said (`trex`).
    let defaults: [Int: SampleDefaults]

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Movie {
        let tree = try BoxTree.read(bytes)
        var header = try ByteCursor(bytes, try tree.required("mvhd").header.payload)
        let wide = try header.versionAndFlags().version == 1
        try header.skip(wide ? 16 : 8)
        let timescale = try header.u32()
        let duration = try header.unknownAsZero(wide)
        var tracks: [MovieTrack] = []
        for track in tree.all("trak") { tracks.append(try MovieTrack.read(bytes, track)) }
        var defaults: [Int: SampleDefaults] = [:]
        for box in tree.first("mvex")?.all("trex") ?? [] {
            var cursor = try ByteCursor(bytes, box.header.payload)
            try cursor.skip(4)
            let track = try cursor.u32()
            let description = try cursor.u32()
            defaults[track] = SampleDefaults(
                description: description, duration: try cursor.u32(), size: try cursor.u32(), flags: try cursor.u32())
        }
        return Movie(
            timescale: timescale, duration: duration, tracks: tracks, isFragmented: tree.first("mvex") != nil,
            defaults: defaults)
    }
}

/// Sample entry, duration, size and flags of samples that do not carry their own.
struct SampleDefaults: Hashable, Sendable {
    /// From 1.
    var description = 1
    var duration = 0
    var size = 0
    var flags = 0
}

extension ByteCursor {
    /// A duration, where all ones mean that it is unknown.
    mutating func unknownAsZero(_ wide: Bool) throws(FormatError) -> Int {
        let value = try number(bytes: wide ? 8 : 4)
        if value == (wide ? UInt64.max : UInt64(UInt32.max)) { return 0 }
        guard let duration = Int(exactly: value) else {
            throw FormatError(.invalid, "a duration beyond 63 bits", at: position)
        }
        return duration
    }
}
