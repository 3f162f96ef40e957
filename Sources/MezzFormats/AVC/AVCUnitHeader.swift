/// The first byte of a NAL unit (H.264 7.3.1).
package struct AVCUnitHeader: Hashable, Sendable {
    /// nal_ref_idc: 0 when nothing refers to it.
    package let referenceIndicator: Int
    package let type: AVCUnitType

    /// Reads the header at the start of `unit`.
    package static func read(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> AVCUnitHeader {
        var bits = try BitReader(bytes, unit, isEscaped: false)
        guard try !bits.flag() else {
            throw FormatError(.invalid, "a NAL unit with its forbidden bit set", at: unit.lowerBound)
        }
        return AVCUnitHeader(referenceIndicator: try bits.bits(2), type: AVCUnitType(rawValue: try bits.bits(5)))
    }

    /// What follows the header.
    static func payload(_ unit: Range<Int>) -> Range<Int> {
        min(unit.lowerBound + 1, unit.upperBound)..<unit.upperBound
    }
}

/// nal_unit_type (H.264 Table 7-1).
package struct AVCUnitType: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let slice = AVCUnitType(rawValue: 1)
    package static let partitionA = AVCUnitType(rawValue: 2)
    package static let partitionB = AVCUnitType(rawValue: 3)
    package static let partitionC = AVCUnitType(rawValue: 4)
    package static let idrSlice = AVCUnitType(rawValue: 5)
    package static let messages = AVCUnitType(rawValue: 6)
    package static let sequenceParameters = AVCUnitType(rawValue: 7)
    package static let pictureParameters = AVCUnitType(rawValue: 8)
    package static let delimiter = AVCUnitType(rawValue: 9)
    package static let endOfSequence = AVCUnitType(rawValue: 10)
    package static let endOfStream = AVCUnitType(rawValue: 11)
    package static let filler = AVCUnitType(rawValue: 12)

    /// Whether it starts a new access unit when it comes after a slice (7.4.1.2.3).
    var startsAccessUnit: Bool { (6...9).contains(rawValue) || (14...18).contains(rawValue) }
}
