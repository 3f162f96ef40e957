/// Writes small MP4 structures for the tests.
enum MP4Builder {
    static func u16(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }
    static func u32(_ value: Int) -> [UInt8] { u16(value >> 16) + u16(value) }
    static func u64(_ value: Int) -> [UInt8] { u32(value >> 32) + u32(value) }

    static func box(_ type: String, _ payload: [UInt8], wide: Bool = false) -> [UInt8] {
        wide
            ? u32(1) + Array(type.utf8) + u64(payload.count + 16) + payload
            : u32(payload.count + 8) + Array(type.utf8) + payload
    }

    static func full(_ type: String, version: Int = 0, flags: Int = 0, _ payload: [UInt8]) -> [UInt8] {
        box(type, u32(version << 24 | flags) + payload)
    }

    /// A movie of one video track, 30000 ticks a second, with version 0 or 1 headers, dated 0xEE.
    static func movie(version: Int = 0, codec: String = "avc1", width: Int = 640, height: Int = 360) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { version == 1 ? u64(value) : u32(value) }
        let dates = number(0xEE) + number(0xEE)
        let entry = box(
            codec, [UInt8](repeating: 0, count: 24) + u16(width) + u16(height) + [UInt8](repeating: 0, count: 50))
        let table = box("stbl", full("stsd", u32(1) + entry) + full("stsz", u32(0) + u32(0)))
        let media = box(
            "mdia",
            full("mdhd", version: version, dates + u32(30_000) + number(60_060) + u32(0))
                + full("hdlr", u32(0) + Array("vide".utf8) + u32(0)) + box("minf", table))
        let edit = full("elst", u32(1) + u32(0) + u32(2002) + u32(0x1_0000))
        let track = box(
            "trak",
            full("tkhd", version: version, dates + u32(1) + u32(0) + number(0)) + media + box("edts", edit))
        let extends = box("mvex", full("trex", u32(1) + u32(1) + u32(1001) + u32(10) + u32(0)))
        return box(
            "moov", full("mvhd", version: version, dates + u32(30_000) + number(60_060)) + track + extends)
    }

    /// A fragment of `sizes.count` frames whose first alone is a key frame.
    static func fragment(time: Int, sizes: [Int], shifts: [Int] = []) -> [UInt8] {
        func moof(offset: Int) -> [UInt8] {
            var samples: [UInt8] = []
            for (index, size) in sizes.enumerated() {
                samples += u32(size) + u32(index == 0 ? 0 : 0x1_0000) + u32(index < shifts.count ? shifts[index] : 0)
            }
            let run = full("trun", flags: 0xE01, u32(sizes.count) + u32(offset) + samples)
            let header = full("tfhd", flags: 0x2_0008, u32(1) + u32(1001))
            return box("moof", box("traf", header + full("tfdt", version: 1, u64(time)) + run))
        }
        let length = moof(offset: 0).count
        return moof(offset: length + 8) + box("mdat", [UInt8](repeating: 0, count: sizes.reduce(0, +)))
    }

    static func index(_ entries: [(bytes: Int, duration: Int)], version: Int = 0) -> [UInt8] {
        let times = version == 1 ? u64(0) + u64(0) : u32(0) + u32(0)
        let list = entries.flatMap { u32($0.bytes) + u32($0.duration) + u32(0x9000_0000) }
        return full("sidx", version: version, u32(1) + u32(30_000) + times + u16(0) + u16(entries.count) + list)
    }
}
