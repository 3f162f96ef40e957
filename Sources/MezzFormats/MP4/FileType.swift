/// What a file or segment says it is (`ftyp`, `styp`; ISO/IEC 14496-12, 4.3 and 8.16.2).
package struct FileType: Hashable, Sendable {
    package let major: FourCC
    /// 0 where it is missing.
    package let minor: Int
    package let compatible: [FourCC]

    /// Whether it says that it keeps to the rules of a brand.
    package func claims(_ brand: FourCC) -> Bool { major == brand || compatible.contains(brand) }

    /// - Parameters:
    ///   - bytes: The box, header included.
    ///   - header: Its place in the file.
    static func read(_ bytes: [UInt8], _ header: BoxHeader) throws(FormatError) -> FileType {
        var cursor = try ByteCursor(bytes, header.headerBytes..<bytes.count)
        let major = try cursor.fourCC()
        let minor = cursor.remaining >= 4 ? try cursor.u32() : 0
        guard cursor.remaining <= 4096 else { throw FormatError(.tooLarge, "too many brands", at: header.start) }
        var compatible: [FourCC] = []
        while cursor.remaining >= 4 { compatible.append(try cursor.fourCC()) }
        return FileType(major: major, minor: minor, compatible: compatible)
    }
}
