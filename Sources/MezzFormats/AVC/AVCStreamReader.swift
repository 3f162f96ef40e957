/// Reads AVC pictures one after the other; keeps the parameter sets and the order count between them.
///
/// Feed whole samples to `read`, or NAL units of a byte stream to `append` and then `finish`.
package struct AVCStreamReader: NALStreamReader {
    package private(set) var sequences: [Int: AVCSequenceParameters] = [:]
    package private(set) var pictures: [Int: AVCPictureParameters] = [:]
    private var known = KnownUnits()
    private var counter = AVCOrderCounter()
    /// The picture whose NAL units are coming in.
    private var current = CodedPicture()
    private var waiting = WaitingMessages()
    /// The first slice of `current`.
    private var slice: AVCSliceHeader?

    /// - Parameter parameterSets: NAL units known beforehand, from an `avcC` box for example.
    package init(parameterSets: [[UInt8]] = []) throws(FormatError) {
        for unit in parameterSets { _ = try keep(unit, 0..<unit.count) }
    }

    /// Takes the next NAL unit.
    /// - Returns: The picture before it, when `unit` starts another access unit (H.264 7.4.1.2.3 and 7.4.1.2.4).
    package mutating func append(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> CodedPicture? {
        let header = try AVCUnitHeader.read(bytes, unit)
        var finished = header.type.startsAccessUnit ? finish() : nil
        let payload = AVCUnitHeader.payload(unit)
        switch header.type {
        case .slice, .idrSlice, .partitionA:
            let next = try AVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures)
            if next.redundantCount > 0 {
                current.bytes.other += unit.count
            } else {
                if let slice, slice.isOtherPicture(than: next) { finished = finish() }
                add(next, unit.count)
            }
        case .partitionB, .partitionC: current.bytes.slices += unit.count
        case .messages:
            current.bytes.messages += unit.count
            waiting.read(bytes, payload, wanted: AVCMessages.wanted, of: &current)
        case .sequenceParameters, .pictureParameters:
            current.bytes.parameterSets += unit.count
            if let seen = try keep(bytes, unit) { current.add(seen) }
        case .filler: current.bytes.filler += unit.count
        default: addOther(header.type, unit.count)
        }
        return finished
    }

    /// The last picture, when nothing follows.
    package mutating func finish() -> CodedPicture? {
        guard slice != nil else { return nil }
        defer { begin() }
        return current
    }

    package mutating func begin() {
        current = CodedPicture()
        slice = nil
        _ = waiting.takeAll()
    }

    private mutating func addOther(_ type: AVCUnitType, _ count: Int) {
        current.bytes.other += count
        if type == .delimiter { current.hasDelimiter = true }
        if type == .endOfSequence || type == .endOfStream { current.endsSequence = true }
    }

    private mutating func add(_ next: AVCSliceHeader, _ count: Int) {
        if slice == nil, let sequence = sequences[next.sequenceID] { start(next, sequence) }
        current.bytes.slices += count
        current.slices += 1
        current.sliceTypes.formUnion(next.type)
    }

    private mutating func start(_ first: AVCSliceHeader, _ sequence: AVCSequenceParameters) {
        slice = first
        current.sequenceID = sequence.id
        current.access = first.isIDR ? .idr : .none
        current.isReference = first.unit.referenceIndicator != 0
        current.structure = first.structure
        current.orderCount = counter.next(first, sequence)
        current.references = .avc(frameNumber: first.frameNumber, first.marking)
        for message in waiting.takeAll() {
            do throws(FormatError) {
                try AVCMessages.read(message, into: &current.messages, active: sequence, sequences: sequences)
            } catch {
                current.note(error)
            }
        }
    }

    /// Keeps a parameter set; `nil` for any other NAL unit.
    private mutating func keep(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> ParameterSetSeen? {
        try KnownUnits.check(unit)
        let payload = AVCUnitHeader.payload(unit)
        switch try AVCUnitHeader.read(bytes, unit).type {
        case .sequenceParameters:
            let sequence = try AVCSequenceParameters.read(bytes, payload)
            sequences[sequence.id] = sequence
            return known.see(.sequence, sequence.id, bytes[unit])
        case .pictureParameters:
            let picture = try AVCPictureParameters.read(bytes, payload, sequences: sequences)
            pictures[picture.id] = picture
            return known.see(.picture, picture.id, bytes[unit])
        default: return nil
        }
    }
}
