/// The first two bytes of a NAL unit (H.265 7.3.1.2).
package struct HEVCUnitHeader: Hashable, Sendable {
    package let type: HEVCUnitType
    /// nuh_layer_id: 0 but in scalable and multiview streams.
    package let layer: Int
    package let temporalID: Int

    /// Reads the header at the start of `unit`.
    package static func read(_ bytes: [UInt8], _ unit: Range<Int>) throws(FormatError) -> HEVCUnitHeader {
        var bits = try BitReader(bytes, unit, isEscaped: false)
        guard try !bits.flag() else {
            throw FormatError(.invalid, "a NAL unit with its forbidden bit set", at: unit.lowerBound)
        }
        let type = HEVCUnitType(rawValue: try bits.bits(6))
        let layer = try bits.bits(6)
        let temporal = try bits.bits(3)
        guard temporal > 0 else {
            throw FormatError(.invalid, "a NAL unit with a nuh_temporal_id_plus1 of 0", at: unit.lowerBound)
        }
        return HEVCUnitHeader(type: type, layer: layer, temporalID: temporal - 1)
    }

    /// What follows the header.
    static func payload(_ unit: Range<Int>) -> Range<Int> {
        min(unit.lowerBound + 2, unit.upperBound)..<unit.upperBound
    }
}

/// nal_unit_type (H.265 Table 7-1).
package struct HEVCUnitType: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let idrWithLeading = HEVCUnitType(rawValue: 19)
    package static let idr = HEVCUnitType(rawValue: 20)
    package static let cleanRandomAccess = HEVCUnitType(rawValue: 21)
    package static let videoParameters = HEVCUnitType(rawValue: 32)
    package static let sequenceParameters = HEVCUnitType(rawValue: 33)
    package static let pictureParameters = HEVCUnitType(rawValue: 34)
    package static let delimiter = HEVCUnitType(rawValue: 35)
    package static let endOfSequence = HEVCUnitType(rawValue: 36)
    package static let endOfStream = HEVCUnitType(rawValue: 37)
    package static let filler = HEVCUnitType(rawValue: 38)
    package static let prefixMessages = HEVCUnitType(rawValue: 39)
    package static let suffixMessages = HEVCUnitType(rawValue: 40)
    /// Unspecified by H.265; Dolby Vision puts its reference processing units here.
    package static let dolbyVisionMetadata = HEVCUnitType(rawValue: 62)
    /// Unspecified by H.265; Dolby Vision puts the enhancement layer's NAL units here.
    package static let dolbyVisionLayer = HEVCUnitType(rawValue: 63)

    /// A slice segment of a type that is not reserved.
    package var isSlice: Bool { (0...9).contains(rawValue) || (16...21).contains(rawValue) }
    package var isIDR: Bool { self == .idr || self == .idrWithLeading }
    /// An intra random access point, reserved types included.
    package var isRandomAccess: Bool { (16...23).contains(rawValue) }

    package var access: RandomAccess {
        switch rawValue {
        case 16...18: .bla
        case 19: .idrWithLeading
        case 20: .idr
        case 21: .cra
        default: .none
        }
    }

    package var leading: LeadingKind {
        switch rawValue {
        case 6, 7: .radl
        case 8, 9: .rasl
        default: .none
        }
    }

    /// A picture that no other of its sub-layer refers to: even numbers up to RSV_VCL_N14.
    var isSubLayerNonReference: Bool { rawValue <= 14 && rawValue % 2 == 0 }

    /// Whether it starts a new access unit when it comes after a slice (7.4.2.4.4).
    var startsAccessUnit: Bool {
        (32...35).contains(rawValue) || rawValue == 39 || (41...44).contains(rawValue) || (48...55).contains(rawValue)
    }
}
