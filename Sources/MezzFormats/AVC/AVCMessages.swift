/// The SEI messages of AVC that depend on the sequence in force.
enum AVCMessages {
    private static let bufferingPeriod = 0
    private static let timing = 1
    private static let recoveryPoint = 6
    static let wanted: Set<Int> = [bufferingPeriod, timing, recoveryPoint, 4, 137, 144, 147]

    /// Adds what `message` says to `found`.
    static func read(
        _ message: SEIMessage, into found: inout PictureMessages, active: AVCSequenceParameters,
        sequences: [Int: AVCSequenceParameters]
    ) throws(FormatError) {
        guard try !found.read(message) else { return }
        var bits = try message.bits
        switch message.type {
        case bufferingPeriod: found.bufferingPeriod = try readBufferingPeriod(&bits, sequences)
        case timing: found.timing = try readTiming(&bits, active)
        case recoveryPoint:
            found.recoveryPoint = RecoveryPoint(
                distance: try bits.unsigned(), isExact: try bits.flag(), isBrokenLink: try bits.flag())
        default: break
        }
    }

    /// D.1.2
    private static func readBufferingPeriod(
        _ bits: inout BitReader, _ sequences: [Int: AVCSequenceParameters]
    ) throws(FormatError) -> BufferingPeriod {
        let id = try bits.unsigned(upTo: 31, "a sequence parameter set id")
        guard let sequence = sequences[id] else {
            throw FormatError(.invalid, "a buffering period of an unknown sequence", at: bits.position)
        }
        return BufferingPeriod(
            sequenceID: id, nal: try delays(&bits, sequence.usability?.nal),
            vcl: try delays(&bits, sequence.usability?.vcl), isConcatenated: false, removalDelayDelta: 0)
    }

    private static func delays(
        _ bits: inout BitReader, _ model: AVCBufferModel?
    ) throws(FormatError) -> [BufferingPeriod.Delay] {
        guard let model else { return [] }
        var delays: [BufferingPeriod.Delay] = []
        for _ in model.schedules {
            delays.append(
                BufferingPeriod.Delay(
                    initialRemoval: try bits.bits(model.initialDelayBits),
                    initialOffset: try bits.bits(model.initialDelayBits)))
        }
        return delays
    }

    /// D.1.3, without clock timestamps.
    private static func readTiming(
        _ bits: inout BitReader, _ sequence: AVCSequenceParameters
    ) throws(FormatError) -> PictureTiming {
        var (removal, output): (Int?, Int?)
        if let model = sequence.usability?.delays {
            removal = try bits.bits(model.removalDelayBits)
            output = try bits.bits(model.outputDelayBits)
        }
        let tellsStructure = sequence.usability?.tellsPictureStructure == true
        return PictureTiming(
            removalDelay: removal, outputDelay: output, pictureStructure: try tellsStructure ? bits.bits(4) : nil)
    }
}
