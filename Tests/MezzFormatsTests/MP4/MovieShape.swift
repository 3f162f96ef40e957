import MezzFormats
import Testing

/// Ways to write a small fragmented movie with something in it that gives room.
struct MovieShape: CustomTestStringConvertible, Sendable {
    enum Room: Sendable {
        case free(Int)
        case skip(Int)
        /// Metadata of a handler, with its bytes.
        case meta(String, Int)
    }

    var room: Room
    var isLast = false
    /// The room follows the track at once, whose last bytes are those of the entry.
    var isMiddle = false
    var isWide = false
    var handler = "vide"
    var entries = 1

    static let all = [
        MovieShape(room: .meta("ID32", 148)), MovieShape(room: .free(63)), MovieShape(room: .skip(100), isLast: true),
        MovieShape(room: .free(100), isMiddle: true), MovieShape(room: .free(63), isMiddle: true),
        MovieShape(room: .free(71), isWide: true), MovieShape(room: .meta("ID32", 500), isLast: true, isWide: true),
    ]

    var testDescription: String {
        "\(room)\(isLast ? ", at the end" : "")\(isMiddle ? ", after the track" : "")\(isWide ? ", wide" : "")"
    }

    /// Type, index, movie and two fragments.
    var file: [UInt8] {
        let media = MP4Builder.fragment(time: 0, sizes: [50, 20]) + MP4Builder.fragment(time: 2002, sizes: [40])
        return MP4Builder.box("ftyp", Array("mp41".utf8) + MP4Builder.u32(0)) + movie
            + MP4Builder.index([(bytes: media.count, duration: 3003)]) + media
    }

    private var movie: [UInt8] {
        let entry = box(
            "hvc1",
            [UInt8](repeating: 0, count: 24) + MP4Builder.u16(320) + MP4Builder.u16(192)
                + [UInt8](repeating: 0, count: 50) + MP4Builder.box("pasp", MP4Builder.u32(1) + MP4Builder.u32(1)))
        let list = box(
            "stsd", MP4Builder.u32(0) + MP4Builder.u32(entries) + (0..<entries).flatMap { _ in entry })
        let clock = MP4Builder.u32(0) + MP4Builder.u32(0) + MP4Builder.u32(30_000) + MP4Builder.u32(0)
        let handler = MP4Builder.full("hdlr", MP4Builder.u32(0) + Array(self.handler.utf8) + MP4Builder.u32(0))
        let track = box(
            "trak",
            MP4Builder.full("tkhd", MP4Builder.u32(0) + MP4Builder.u32(0) + MP4Builder.u32(1))
                + box("mdia", MP4Builder.full("mdhd", clock) + handler + box("minf", box("stbl", list))))
        let extends = MP4Builder.full(
            "trex",
            MP4Builder.u32(1) + MP4Builder.u32(1) + MP4Builder.u32(1001) + MP4Builder.u32(10) + MP4Builder.u32(0))
        let rest = track + (isMiddle ? space : []) + MP4Builder.box("mvex", extends)
        return box("moov", MP4Builder.full("mvhd", clock) + (isMiddle ? rest : isLast ? rest + space : space + rest))
    }

    private var space: [UInt8] {
        switch room {
        case .free(let count): return MP4Builder.box("free", [UInt8](repeating: 1, count: count - 8))
        case .skip(let count): return MP4Builder.box("skip", [UInt8](repeating: 1, count: count - 8))
        case .meta(let handler, let count):
            let head = MP4Builder.full(
                "hdlr", MP4Builder.u32(0) + Array(handler.utf8) + [UInt8](repeating: 0, count: 2))
            return MP4Builder.full("meta", head + [UInt8](repeating: 1, count: max(0, count - 12 - head.count)))
        }
    }

    private func box(_ type: String, _ payload: [UInt8]) -> [UInt8] { MP4Builder.box(type, payload, wide: isWide) }
}

extension [UInt8] {
    func applying(_ patch: MovieRoom.Patch) -> [UInt8] {
        var bytes = self
        bytes.replaceSubrange(patch.offset..<patch.offset + patch.bytes.count, with: patch.bytes)
        return bytes
    }
}
