/// What a stream says of its colours and light, whatever the codec: the same can be said in its container.
package struct SignalledColor: Hashable, Sendable {
    package let signal: VideoSignal
    package let masteringDisplay: MasteringDisplay?
    package let contentLight: ContentLight?

    package init(signal: VideoSignal, masteringDisplay: MasteringDisplay? = nil, contentLight: ContentLight? = nil) {
        self.signal = signal
        self.masteringDisplay = masteringDisplay
        self.contentLight = contentLight
    }

    /// PQ or HLG, or figures that only those have.
    package var isHighDynamicRange: Bool {
        signal.transfer == 16 || signal.transfer == 18 || masteringDisplay != nil || contentLight != nil
    }

    /// What the headers and messages of a picture say.
    /// - Parameters:
    ///   - entry: The sample entry with its codec's record.
    ///   - sample: The first sample of a track that is not encrypted.
    /// - Returns: `nil` for a codec that is not known here.
    /// - Throws: `FormatError` when the sample's headers cannot be read.
    package static func read(_ entry: SampleEntry, sample: [UInt8]) throws(FormatError) -> SignalledColor? {
        switch entry.configuration {
        case .avc(let record): try avc(record, sample)
        case .hevc(let record): try hevc(record, sample)
        case .av1(let record): try av1(record, sample)
        default: nil
        }
    }

    private static func avc(_ record: AVCRecord, _ sample: [UInt8]) throws(FormatError) -> SignalledColor? {
        let sets = (record.sequenceSets + record.pictureSets).map { Array(record.bytes[$0.range]) }
        var reader = try AVCStreamReader(parameterSets: sets)
        guard let picture = try reader.read(sample, .lengths(record.lengthSize)).first else { return nil }
        return reader.sequences[picture.sequenceID].map { SignalledColor($0.signal, picture.messages) }
    }

    private static func hevc(_ record: HEVCRecord, _ sample: [UInt8]) throws(FormatError) -> SignalledColor? {
        // Video, sequence and picture parameter sets.
        let sets = [32, 33, 34].flatMap { record.units($0) }.map { Array(record.bytes[$0.range]) }
        var reader = try HEVCStreamReader(parameterSets: sets)
        guard let picture = try reader.read(sample, .lengths(record.lengthSize)).first else { return nil }
        return reader.sequences[picture.sequenceID].map { SignalledColor($0.signal, picture.messages) }
    }

    private static func av1(_ record: AV1Record, _ sample: [UInt8]) throws(FormatError) -> SignalledColor? {
        var reader = AV1StreamReader()
        var metadata = record.obus.isEmpty ? [] : try reader.configure(record.obus).metadata
        metadata += try reader.read(sample, 0..<sample.count).metadata
        guard let color = reader.sequence?.color else { return nil }
        var (display, light): (MasteringDisplay?, ContentLight?)
        for data in metadata {
            switch data {
            case .contentLight(let most, let average):
                light = ContentLight(maxContentLevel: most, maxPictureAverage: average)
            case .masteringDisplay(let given): display = MasteringDisplay(given)
            default: break
            }
        }
        let signal = VideoSignal(
            primaries: color.primaries, transfer: color.transfer, matrix: color.matrix, isFullRange: color.isFullRange)
        return SignalledColor(signal: signal, masteringDisplay: display, contentLight: light)
    }

    private init(_ signal: VideoSignal, _ messages: PictureMessages) {
        self.init(
            signal: signal, masteringDisplay: messages.masteringDisplay, contentLight: messages.contentLight)
    }
}
