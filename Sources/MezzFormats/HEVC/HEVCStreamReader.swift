/// Reads HEVC pictures one after the other; keeps the parameter sets and the order count between them.
///
/// Feed whole samples to `read`, or NAL units of a byte stream to `append` and then `finish`. Only the base layer is
/// read; NAL units of other layers are counted.
package struct HEVCStreamReader: NALStreamReader {
    package private(set) var videos: [Int: HEVCVideoParameters] = [:]
    package private(set) var sequences: [Int: HEVCSequenceParameters] = [:]
    package private(set) var pictures: [Int: HEVCPictureParameters] = [:]
    private var known = KnownUnits()
    private var counter = HEVCOrderCounter()
    /// Whether the next picture is the first, or the first after an end of sequence.
    private var isAtStart = true
    /// NoRaslOutputFlag of the last IRAP picture.
    private var skipsLeading = true
    /// The picture whose NAL units are coming in.
    private var current = CodedPicture()
    private var waiting = WaitingMessages()
    /// The sequence of `current`, once a slice of it has come.
    private var active: HEVCSequenceParameters?

    /// - Parameter parameterSets: NAL units known beforehand, from an `hvcC` box for example.
    package init(parameterSets: [[UInt8]] = []) throws(FormatError) {
        for unit in parameterSets {
            let header = try HEVCUnitHeader.read(unit, 0..<unit.count)
            if header.layer == 0 { _ = try keep(unit, 0..<unit.count, header.type) }
        }
    }

    /// Takes the next NAL unit.
    /// - Returns: The picture before it, when `unit` starts another access unit (H.265 7.4.2.4.4).
    package mutating func append(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> CodedPicture? {
        let header = try HEVCUnitHeader.read(bytes, unit)
        guard header.layer == 0 else {
            current.bytes.other += unit.count
            return nil
        }
        var finished = header.type.startsAccessUnit ? finish() : nil
        let payload = HEVCUnitHeader.payload(unit)
        switch header.type {
        case let type where type.isSlice:
            let slice = try HEVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures)
            if slice.isFirst { finished = finish() }
            try add(slice, unit)
        case .prefixMessages:
            current.bytes.messages += unit.count
            waiting.read(bytes, payload, wanted: HEVCMessages.wanted, of: &current)
        case .suffixMessages:
            current.bytes.messages += unit.count
            waiting.read(bytes, payload, wanted: HEVCMessages.wanted, of: &current)
            readWaiting()
        case .videoParameters, .sequenceParameters, .pictureParameters:
            current.bytes.parameterSets += unit.count
            if let seen = try keep(bytes, unit, header.type) { current.add(seen) }
        case .filler: current.bytes.filler += unit.count
        default: addOther(header.type, unit.count)
        }
        return finished
    }

    /// The last picture, when nothing follows.
    package mutating func finish() -> CodedPicture? {
        guard active != nil else { return nil }
        defer { begin() }
        return current
    }

    package mutating func begin() {
        current = CodedPicture()
        active = nil
        _ = waiting.takeAll()
    }

    private mutating func addOther(_ type: HEVCUnitType, _ count: Int) {
        switch type {
        case .dolbyVisionMetadata, .dolbyVisionLayer:
            current.bytes.dolbyVision += count
            if type == .dolbyVisionMetadata { current.messages.dolbyVisionUnits += 1 }
        case .endOfSequence, .endOfStream:
            current.bytes.other += count
            current.endsSequence = true
            isAtStart = true
        default:
            current.bytes.other += count
            if type == .delimiter { current.hasDelimiter = true }
        }
    }

    private mutating func add(_ slice: HEVCSliceHeader, _ unit: Range<Int>) throws(FormatError) {
        if active == nil {
            guard slice.isFirst, let fields = slice.independent, let sequence = sequences[slice.sequenceID] else {
                throw FormatError(.invalid, "a picture without its first slice", at: unit.lowerBound)
            }
            start(slice, fields, sequence)
        }
        current.bytes.slices += unit.count
        current.slices += 1
        if let fields = slice.independent { current.sliceTypes.formUnion(fields.type) }
    }

    private mutating func start(
        _ slice: HEVCSliceHeader, _ fields: HEVCIndependentFields, _ sequence: HEVCSequenceParameters
    ) {
        let type = slice.unit.type
        let startsSequence = type.isRandomAccess && (isAtStart || type.access != .cra)
        if type.isRandomAccess { skipsLeading = startsSequence }
        active = sequence
        current.sequenceID = sequence.id
        current.access = type.access
        current.leading = type.leading
        current.isReference = !type.isSubLayerNonReference
        current.temporalID = slice.unit.temporalID
        current.isOutput = fields.isOutput && !(type.leading == .rasl && skipsLeading)
        let count = counter.next(
            slice.unit, low: fields.orderCountLow, lowBits: sequence.orderCountBits, startsSequence: startsSequence)
        current.orderCount = count
        // A CRA picture that starts a sequence discards in any case (C.5.2.2).
        let discards = startsSequence && (slice.discardsOutput || type.access == .cra)
        current.references = .hevc(
            HEVCReferences(slice, fields, orderCount: count, sequence, startsSequence, discards))
        isAtStart = false
        readWaiting()
    }

    private mutating func readWaiting() {
        guard let active else { return }
        let reader = HEVCMessages(active: active, sequences: sequences, videos: videos)
        for message in waiting.takeAll() {
            do throws(FormatError) {
                try reader.read(message, into: &current.messages)
            } catch {
                current.note(error)
            }
        }
    }

    /// Keeps a parameter set; `nil` for any other NAL unit.
    private mutating func keep(
        _ bytes: [UInt8], _ unit: Range<Int>, _ type: HEVCUnitType
    ) throws(FormatError) -> ParameterSetSeen? {
        try KnownUnits.check(unit)
        let payload = HEVCUnitHeader.payload(unit)
        switch type {
        case .videoParameters:
            let video = try HEVCVideoParameters.read(bytes, payload)
            videos[video.id] = video
            return known.see(.video, video.id, bytes[unit])
        case .sequenceParameters:
            let sequence = try HEVCSequenceParameters.read(bytes, payload)
            sequences[sequence.id] = sequence
            return known.see(.sequence, sequence.id, bytes[unit])
        case .pictureParameters:
            let picture = try HEVCPictureParameters.read(bytes, payload)
            pictures[picture.id] = picture
            return known.see(.picture, picture.id, bytes[unit])
        default: return nil
        }
    }
}
