import MezzCore
import MezzFormats

/// Samples of AV1, and what they say of their stream.
struct AV1Samples {
    private var reader = AV1StreamReader()
    private var light: ContentLight?
    private var display: MasteringDisplay?
    private var described: AV1SequenceHeader?
    private(set) var description: StreamDescription?

    init(_ record: AV1Record) throws(FormatError) {
        guard !record.obus.isEmpty else { return }
        take(try reader.configure(record.obus).metadata)
    }

    mutating func read(_ bytes: [UInt8], _ range: Range<Int>, into picture: inout StreamPicture) throws(FormatError) {
        let unit = try reader.read(bytes, range)
        let (before, wasLight) = (display, light)
        take(unit.metadata)
        picture.access = unit.isRandomAccessPoint ? .idr : .none
        picture.frames = UInt8(clamping: unit.frames.count { $0.header.shownSlot == nil })
        picture.shown = UInt8(clamping: unit.shownFrames)
        picture.tiles = UInt16(clamping: unit.frames.map(\.header.tiles.count).max() ?? 1)
        if unit.frames.contains(where: \.header.filmGrain.isApplied) { picture.traits.insert(.hasGrain) }
        if unit.changesSequence { picture.traits.insert(.changesParameters) }
        guard let sequence = reader.sequence else { return }
        let layout = unit.frames.map(\.header.tiles).max { $0.columns < $1.columns }
        let columns = max(layout?.columns ?? 1, description?.tileColumns ?? 1)
        let rows = max(unit.frames.map(\.header.tiles.rows).max() ?? 1, description?.tileRows ?? 1)
        let isNews = described != sequence || before != display || wasLight != light
        guard isNews || columns != description?.tileColumns || rows != description?.tileRows else { return }
        described = sequence
        description = describe(sequence, columns: columns, rows: rows)
    }

    private mutating func take(_ metadata: [AV1Metadata]) {
        for data in metadata {
            switch data {
            case .contentLight(let most, let average):
                light = ContentLight(maxContentLevel: most, maxPictureAverage: average)
            case .masteringDisplay(let given): display = MasteringDisplay(given)
            default: break
            }
        }
    }

    private func describe(_ sequence: AV1SequenceHeader, columns: Int, rows: Int) -> StreamDescription {
        let point = sequence.operatingPoints.first
        let isHighTier = point?.isHighTier ?? false
        let level = point.flatMap { AV1Level.numbered($0.level) }
        let size = Resolution(width: sequence.maxWidth, height: sequence.maxHeight)
        let color = sequence.color
        var description = StreamDescription(
            codec: .av1, codecString: sequence.codecString,
            conformance: StreamDescription.Conformance(
                profile: ["Main", "High", "Professional"][min(max(sequence.profile, 0), 2)],
                profileNumber: sequence.profile, isHighTier: isHighTier,
                limits: level.map { LevelLimits($0, isHighTier: isHighTier, profile: sequence.profile) },
                levelName: level?.name ?? "\(point?.level ?? AV1Level.none)"),
            size: size, codedSize: size, bitDepth: color.bitDepth,
            chromaFormat: color.isMonochrome ? 0 : !color.subsamplesX ? 3 : color.subsamplesY ? 1 : 2,
            signal: VideoSignal(
                primaries: color.primaries, transfer: color.transfer, matrix: color.matrix,
                isFullRange: color.isFullRange))
        description.masteringDisplay = display
        description.contentLight = light
        description.tileColumns = columns
        description.tileRows = rows
        return description
    }
}
