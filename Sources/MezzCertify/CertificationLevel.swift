package import MezzCore

/// What a level of any codec allows, in the words that a plan needs.
package struct CertificationLevel: Hashable, Sendable {
    package let codec: CodecFamily
    /// "5.1"
    package let name: String
    /// As headers write it: level_idc, general_level_idc, seq_level_idx.
    package let number: Int
    /// Luma samples of a picture.
    package let pictureSamples: Int
    /// Luma samples of the sides.
    package let longestSides: Resolution
    /// Luma samples shown a second.
    package let sampleRate: Int
    /// Pictures a second, whatever their size.
    package let pictureRate: Int
    /// Bits a second of the video's own data: the stricter of AVC's and HEVC's two limits (VCL), Main tier.
    package let bitRate: Int
    /// Columns and rows of tiles that encoders can make evenly; 1 and 1 where the level allows no more.
    package let tileColumns: Int
    package let tileRows: Int
    /// Slice segments of a picture (HEVC); 1 where the codec's levels do not count them.
    package let slices: Int
    /// What sides are multiples of, so that nothing is cropped: macroblocks of 16, coding blocks of 8.
    package let alignment: Int

    /// Names of a codec's levels, ascending.
    package static func names(of codec: CodecFamily) -> [String] { all(of: codec).map(\.name) }

    /// The level of a name such as "5.1"; "5.0" and "5" are one.
    /// - Throws: `Failure` (`usage`) with the names that there are.
    package static func named(_ name: String, of codec: CodecFamily) throws(Failure) -> CertificationLevel {
        let levels = all(of: codec)
        let short = { (name: String) in name.hasSuffix(".0") ? String(name.dropLast(2)) : name }
        guard let level = levels.first(where: { short($0.name) == short(name) }) else {
            throw Failure(
                .usage, what: "\(codec.rawValue) has no such level", place: name.printable,
                remedy: "choose one of " + levels.map(\.name).joined(separator: ", "))
        }
        return level
    }

    /// Pictures that a decoder keeps at most at this size, by the codec's formula; 8 slots of AV1.
    package func bufferedPictures(_ size: Resolution) -> Int { bufferedPicturesOf(size) }

    /// A rule, not a figure: equal levels have equal ones.
    private let bufferedPicturesOf: @Sendable (Resolution) -> Int

    package static func == (left: Self, right: Self) -> Bool { left.codec == right.codec && left.name == right.name }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(codec)
        hasher.combine(name)
    }

    init(
        _ codec: CodecFamily, _ name: String, _ number: Int, pictureSamples: Int, longestSides: Resolution,
        sampleRate: Int, pictureRate: Int, bitRate: Int, tiles: (columns: Int, rows: Int) = (1, 1), slices: Int = 1,
        alignment: Int, bufferedPictures: @escaping @Sendable (Resolution) -> Int
    ) {
        self.codec = codec
        self.name = name
        self.number = number
        self.pictureSamples = pictureSamples
        self.longestSides = longestSides
        self.sampleRate = sampleRate
        self.pictureRate = pictureRate
        self.bitRate = bitRate
        tileColumns = tiles.columns
        tileRows = tiles.rows
        self.slices = slices
        self.alignment = alignment
        bufferedPicturesOf = bufferedPictures
    }
}
