import MezzFormats

/// Reads samples of one codec: of its three readers one is there.
struct SampleReader {
    private var avc: AVCSamples?
    private var hevc: HEVCSamples?
    private var av1: AV1Samples?

    /// `nil` for codecs that are not known here.
    init?(_ entry: SampleEntry) throws(FormatError) {
        switch entry.configuration {
        case .avc(let record): avc = try AVCSamples(record, entry: entry.codec)
        case .hevc(let record): hevc = try HEVCSamples(record, entry: entry.codec)
        case .av1(let record): av1 = try AV1Samples(record)
        default: return nil
        }
    }

    /// Of the sequence that the last sample belongs to.
    var description: StreamDescription? { avc?.description ?? hevc?.description ?? av1?.description }

    mutating func read(_ bytes: [UInt8], _ range: Range<Int>, into picture: inout StreamPicture) throws(FormatError) {
        try avc?.read(bytes, range, into: &picture)
        try hevc?.read(bytes, range, into: &picture)
        try av1?.read(bytes, range, into: &picture)
    }
}

extension StreamPicture {
    /// Takes over what the headers say; of two fields the first decides.
    mutating func take(_ pictures: [CodedPicture], at offset: Int) throws(FormatError) {
        guard let first = pictures.first else { throw FormatError(.invalid, "a sample without a picture", at: offset) }
        access = first.access
        leading = first.leading
        frames = UInt8(clamping: pictures.count { $0.structure != .bottomField })
        shown = frames
        slices = UInt16(clamping: pictures.map(\.slices).max() ?? 1)
        for set in pictures.flatMap(\.parameterSets) {
            traits.insert(set.isNews ? .changesParameters : .repeatsParameters)
        }
    }
}
