import MezzCore
import MezzFormats

/// Samples of HEVC, and what they say of their stream.
struct HEVCSamples {
    private var reader: HEVCStreamReader
    private let framing: NALFraming
    private let entry: String
    private var active: Int?
    private var light: ContentLight?
    private var display: MasteringDisplay?
    private(set) var description: StreamDescription?

    /// NAL unit types of video, sequence and picture parameter sets.
    private static let parameterTypes = [32, 33, 34]

    init(_ record: HEVCRecord, entry: FourCC) throws(FormatError) {
        reader = try HEVCStreamReader(
            parameterSets: Self.parameterTypes.flatMap { record.units($0) }.map { Array(record.bytes[$0.range]) })
        framing = .lengths(record.lengthSize)
        self.entry = entry.description
    }

    mutating func read(_ bytes: [UInt8], _ range: Range<Int>, into picture: inout StreamPicture) throws(FormatError) {
        let pictures = try reader.read(bytes, range, framing)
        try picture.take(pictures, at: range.lowerBound)
        guard let first = pictures.first else { return }
        let isNews = picture.traits.contains(.changesParameters) || active != first.sequenceID
        let messages = first.messages
        let tellsMore = messages.masteringDisplay ?? display != display || messages.contentLight ?? light != light
        guard isNews || tellsMore, let sequence = reader.sequences[first.sequenceID] else { return }
        active = first.sequenceID
        display = messages.masteringDisplay ?? display
        light = messages.contentLight ?? light
        description = describe(sequence)
    }

    private func describe(_ sequence: HEVCSequenceParameters) -> StreamDescription {
        let coded = Resolution(width: sequence.codedWidth, height: sequence.codedHeight)
        let profile = sequence.profile
        let level = HEVCLevel.numbered(profile.level)
        let layers = sequence.usability?.model?.subLayers.last
        let tiles = reader.pictures.values.filter { $0.sequenceID == sequence.id }
        var description = StreamDescription(
            codec: .hevc, codecString: profile.codecString(entry: entry),
            conformance: StreamDescription.Conformance(
                profile: Self.profile(profile.number), profileNumber: profile.number, isHighTier: profile.isHighTier,
                limits: level.map { LevelLimits($0, isHighTier: profile.isHighTier, size: coded) },
                levelName: level?.name ?? "\(profile.level)"),
            size: Resolution(width: sequence.width, height: sequence.height), codedSize: coded,
            bitDepth: sequence.lumaBits, chromaFormat: sequence.chromaFormat, signal: sequence.signal)
        description.masteringDisplay = display
        description.contentLight = light
        description.bufferedPictures = sequence.buffers.last?.pictures
        description.tileColumns = tiles.map(\.tileColumns).max() ?? 1
        description.tileRows = tiles.map(\.tileRows).max() ?? 1
        description.schedule = layers?.nal.first ?? layers?.vcl.first
        return description
    }

    /// Names of Annex A's profiles, by general_profile_idc.
    private static func profile(_ number: Int) -> String {
        switch number {
        case 1: "Main"
        case 2: "Main 10"
        case 3: "Main Still Picture"
        case 4: "range extensions"
        default: "profile \(number)"
        }
    }
}
