import MezzCore
import MezzFormats

/// Samples of AVC, and what they say of their stream.
struct AVCSamples {
    private var reader: AVCStreamReader
    private let framing: NALFraming
    private let entry: String
    private var active: Int?
    private var light: ContentLight?
    private var display: MasteringDisplay?
    private(set) var description: StreamDescription?

    init(_ record: AVCRecord, entry: FourCC) throws(FormatError) {
        reader = try AVCStreamReader(
            parameterSets: (record.sequenceSets + record.pictureSets).map { Array(record.bytes[$0.range]) })
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

    private func describe(_ sequence: AVCSequenceParameters) -> StreamDescription {
        let coded = Resolution(width: sequence.codedWidth, height: sequence.codedHeight)
        let level = AVCLevel.numbered(
            sequence.level, profile: sequence.profile, constraints: sequence.constraints)
        let restriction = sequence.usability?.restriction
        var description = StreamDescription(
            codec: .avc, codecString: sequence.codecString(entry: entry),
            conformance: StreamDescription.Conformance(
                profile: Self.profile(sequence.profile, sequence.constraints), profileNumber: sequence.profile,
                limits: level.map { LevelLimits($0, profile: sequence.profile, size: coded) },
                levelName: level?.name ?? "\(sequence.level)"),
            size: Resolution(width: sequence.width, height: sequence.height), codedSize: coded,
            bitDepth: sequence.lumaBits, chromaFormat: sequence.chromaFormat, signal: sequence.signal)
        description.masteringDisplay = display
        description.contentLight = light
        description.bufferedPictures = max(restriction?.bufferedFrames ?? 0, sequence.referenceFrames)
        description.schedule = (sequence.usability?.nal ?? sequence.usability?.vcl)?.schedules.first
        return description
    }

    /// Names of table A-1's profiles, by profile_idc and constraint_set1_flag.
    private static func profile(_ number: Int, _ constraints: Int) -> String {
        switch number {
        case 66: constraints & 0x40 != 0 ? "Constrained Baseline" : "Baseline"
        case 77: "Main"
        case 88: "Extended"
        case 100: "High"
        case 110: "High 10"
        case 122: "High 4:2:2"
        case 244: "High 4:4:4 Predictive"
        default: "profile \(number)"
        }
    }
}
