import MezzFormats

/// The chunks of a RIFF, RF64 or BW64 file: names and places, without their contents.
struct BW64Chunks {
    /// One chunk; `start` is the first byte of its contents.
    struct Chunk {
        let name: String
        let start: Int
        let size: Int

        var end: Int { start + size }
    }

    let container: BW64File.Container
    /// In the file's order.
    let all: [Chunk]

    /// Chunks of a real file are below thirty.
    private static let most = 4096
    /// In RF64 and BW64 a size that stands in `ds64` instead.
    private static let elsewhere = 0xFFFF_FFFF

    /// - Throws: `FormatError` when it is none of these files, or chunks of one name contradict each other.
    init(_ source: some ByteSource) throws(FormatError) {
        guard source.count >= 12 else { throw FormatError(.truncated, "too short for a WAVE file", at: 0) }
        let head = try source.bytes(0..<12)
        guard let container = BW64File.Container(rawValue: Self.text(head[0..<4])), Self.text(head[8..<12]) == "WAVE"
        else { throw FormatError(.invalid, "neither RIFF, RF64 nor BW64 with WAVE in it", at: 0) }
        self.container = container
        var sizes = LargeSizes()
        var chunks: [Chunk] = []
        var place = 12
        while place + 8 <= source.count {
            guard chunks.count < Self.most else { throw FormatError(.tooLarge, "too many chunks", at: place) }
            let header = try source.bytes(place..<place + 8)
            let name = Self.text(header[0..<4])
            var cursor = LittleCursor(Array(header[4...]))
            var size = try cursor.u32()
            if size == Self.elsewhere, container != .riff { size = sizes.take(name) ?? size }
            let chunk = Chunk(name: name, start: place + 8, size: size)
            if name == "ds64", chunks.isEmpty { sizes = try LargeSizes(chunk, source) }
            chunks.append(chunk)
            // A pad byte keeps chunks at even places. What is beyond the end is for the reader of the chunk to judge.
            place = chunk.start + size + size % 2
        }
        all = chunks
        for name in ["fmt ", "data", "chna", "axml"] where chunks.count(where: { $0.name == name }) > 1 {
            throw FormatError(.invalid, "there is more than one \(name) chunk", at: 0)
        }
    }

    subscript(name: String) -> Chunk? { all.first { $0.name == name } }

    static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// The sizes that do not fit 32 bits: chunk `ds64` of EBU Tech 3306 and BS.2088-1.
private struct LargeSizes {
    private var data: Int?
    private var others: [(name: String, size: Int)] = []

    /// Entries of the table; a file has a handful of chunks.
    private static let most = 4096

    init() {}

    init(_ chunk: BW64Chunks.Chunk, _ source: some ByteSource) throws(FormatError) {
        guard 28...(28 + 12 * Self.most) ~= chunk.size, chunk.end <= source.count else {
            throw FormatError(.invalid, "the ds64 chunk has a wrong size", at: chunk.start)
        }
        var cursor = LittleCursor(try source.bytes(chunk.start..<chunk.end))
        try cursor.skip(8)
        data = try cursor.size()
        try cursor.skip(8)
        let count = try cursor.u32()
        guard count <= (chunk.size - 28) / 12 else {
            throw FormatError(.invalid, "the table of the ds64 chunk is longer than the chunk", at: chunk.start)
        }
        for _ in 0..<count { others.append((BW64Chunks.text(try cursor.take(4)), try cursor.size())) }
    }

    /// The next size for a chunk of this name.
    mutating func take(_ name: String) -> Int? {
        if name == "data" { return data }
        guard let place = others.firstIndex(where: { $0.name == name }) else { return nil }
        return others.remove(at: place).size
    }
}
