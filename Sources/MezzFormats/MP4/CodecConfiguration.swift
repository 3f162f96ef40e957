/// The record in a sample entry that a decoder is set up with.
package enum CodecConfiguration: Hashable, Sendable {
    case avc(AVCRecord)
    case hevc(HEVCRecord)
    case av1(AV1Record)
    /// Of MPEG-4 (`esds`): mostly AAC.
    case elementaryStream(ElementaryStreamRecord)
    case opus(OpusRecord)
    case ac3(AC3Record)
    case eac3(EAC3Record)

    /// Reads the first record that is known.
    static func find(
        _ bytes: [UInt8], _ boxes: [BoxHeader], codec: FourCC
    ) throws(FormatError) -> CodecConfiguration? {
        for box in boxes {
            let payload = box.payload
            switch box.type {
            case "avcC": return .avc(try AVCRecord.read(Array(bytes[payload])))
            case "hvcC": return .hevc(try HEVCRecord.read(Array(bytes[payload])))
            case "av1C": return .av1(try AV1Record.read(Array(bytes[payload])))
            case "esds": return .elementaryStream(try ElementaryStreamRecord.read(bytes, payload))
            case "dOps": return .opus(try OpusRecord.read(bytes, payload))
            case "dac3": return .ac3(try AC3Record.read(bytes, payload))
            case "dec3": return .eac3(try EAC3Record.read(bytes, payload))
            default: break
            }
        }
        return nil
    }
}

/// A parameter set or message in a configuration record.
package struct RecordedUnit: Hashable, Sendable {
    /// nal_unit_type
    package let type: Int
    /// Where the NAL unit lies in the record, without its length.
    package let range: Range<Int>
}

extension ByteCursor {
    /// NAL units that are each preceded by a length of 16 bits.
    mutating func recordedUnits(_ count: Int, in record: [UInt8], type: (UInt8) -> Int) throws(FormatError)
        -> [RecordedUnit]
    {
        var units: [RecordedUnit] = []
        for _ in 0..<count {
            let length = try u16()
            let start = position
            try skip(length)
            guard length > 0 else { throw FormatError(.invalid, "an empty parameter set", at: start) }
            units.append(RecordedUnit(type: type(record[start]), range: start..<position))
        }
        return units
    }

    mutating func byte() throws(FormatError) -> Int { Int(try number(bytes: 1)) }
}
