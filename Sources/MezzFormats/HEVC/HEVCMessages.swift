/// The SEI messages of HEVC that depend on the sequence in force.
struct HEVCMessages {
    private static let bufferingPeriod = 0
    private static let timing = 1
    private static let recoveryPoint = 6
    static let wanted: Set<Int> = [bufferingPeriod, timing, recoveryPoint, 4, 137, 144, 147]

    let active: HEVCSequenceParameters
    let sequences: [Int: HEVCSequenceParameters]
    let videos: [Int: HEVCVideoParameters]

    /// Adds what `message` says to `found`.
    func read(_ message: SEIMessage, into found: inout PictureMessages) throws(FormatError) {
        guard try !found.read(message) else { return }
        var bits = try message.bits
        switch message.type {
        case Self.bufferingPeriod: found.bufferingPeriod = try readBufferingPeriod(&bits)
        case Self.timing: found.timing = try readTiming(&bits)
        case Self.recoveryPoint:
            found.recoveryPoint = RecoveryPoint(
                distance: try bits.signed(), isExact: try bits.flag(), isBrokenLink: try bits.flag())
        default: break
        }
    }

    /// The buffer model of a sequence: its own, or the first of its video parameter set.
    private func model(_ sequence: HEVCSequenceParameters) -> HEVCBufferModel? {
        sequence.usability?.model ?? videos[sequence.videoParametersID]?.models.first
    }

    /// D.2.2
    private func readBufferingPeriod(_ bits: inout BitReader) throws(FormatError) -> BufferingPeriod {
        let id = try bits.unsigned(upTo: 15, "a sequence parameter set id")
        guard let model = sequences[id].flatMap(model) else {
            throw FormatError(.invalid, "a buffering period without a buffer model", at: bits.position)
        }
        let common = model.common
        let hasAlternative = try bits.flag(if: !common.timesUnits)
        // cpb_delay_offset, dpb_delay_offset
        if hasAlternative { try bits.skip(bits: common.removalDelayBits + common.outputDelayBits) }
        let isConcatenated = try bits.flag()
        let delta = try bits.bits(common.removalDelayBits) + 1
        let hasPairs = common.timesUnits || hasAlternative
        let lowest = model.subLayers[0]
        return BufferingPeriod(
            sequenceID: id, nal: try delays(&bits, lowest.nal.count, common, hasPairs),
            vcl: try delays(&bits, lowest.vcl.count, common, hasPairs), isConcatenated: isConcatenated,
            removalDelayDelta: delta)
    }

    private func delays(
        _ bits: inout BitReader, _ count: Int, _ common: HEVCBufferCommon, _ hasPairs: Bool
    ) throws(FormatError) -> [BufferingPeriod.Delay] {
        var delays: [BufferingPeriod.Delay] = []
        for _ in 0..<count {
            delays.append(
                BufferingPeriod.Delay(
                    initialRemoval: try bits.bits(common.initialDelayBits),
                    initialOffset: try bits.bits(common.initialDelayBits)))
            // The alternative delay and offset.
            if hasPairs { try bits.skip(bits: 2 * common.initialDelayBits) }
        }
        return delays
    }

    /// D.2.3, without decoding units.
    private func readTiming(_ bits: inout BitReader) throws(FormatError) -> PictureTiming {
        var structure: Int?
        if active.usability?.tellsPictureStructure == true {
            structure = try bits.bits(4)
            // source_scan_type, duplicate_flag
            try bits.skip(bits: 3)
        }
        var (removal, output): (Int?, Int?)
        if let common = model(active)?.common, common.hasNAL || common.hasVCL {
            removal = try bits.bits(common.removalDelayBits) + 1
            output = try bits.bits(common.outputDelayBits)
        }
        return PictureTiming(removalDelay: removal, outputDelay: output, pictureStructure: structure)
    }
}
