/// What the headers of one coded picture say: a frame or a field of AVC, a frame of HEVC, in decoding order.
package struct CodedPicture: Hashable, Sendable {
    package internal(set) var access: RandomAccess = .none
    /// Whether it is a leading picture, and of which kind (HEVC only).
    package internal(set) var leading: LeadingKind = .none
    /// Whether later pictures may refer to it (AVC: nal_ref_idc; HEVC: not a sub-layer non-reference picture).
    package internal(set) var isReference = false
    package internal(set) var structure: PictureStructure = .frame
    /// The types of all its slices.
    package internal(set) var sliceTypes: SliceTypes = []
    /// Slices of AVC, slice segments of HEVC; redundant pictures are not counted.
    package internal(set) var slices = 0
    /// TemporalId; 0 throughout AVC.
    package internal(set) var temporalID = 0
    /// PicOrderCnt: of AVC 8.2.1, after a memory management operation 5 if there is one; of HEVC 8.3.1.
    package internal(set) var orderCount = 0
    /// Whether it is shown: in HEVC not without pic_output_flag, nor a RASL picture whose IRAP picture starts the
    /// sequence. Always `true` in AVC.
    package internal(set) var isOutput = true
    /// The sequence parameter set that is in force.
    package internal(set) var sequenceID = 0
    package internal(set) var bytes = UnitBytes()
    /// The parameter sets that came with it, in order.
    package internal(set) var parameterSets: [ParameterSetSeen] = []
    /// Whether it came behind an access unit delimiter.
    package internal(set) var hasDelimiter = false
    /// Whether an end of sequence (or of stream) follows it.
    package internal(set) var endsSequence = false
    package internal(set) var messages = PictureMessages()
    /// What it does to the decoded picture buffer.
    package internal(set) var references: ReferenceUpdate = .none
    /// Parts that could not be read and are not needed for the rest: SEI messages.
    package internal(set) var damage: [FormatError] = []

    init() {}
}

/// What a picture does to the references in the decoded picture buffer.
package enum ReferenceUpdate: Hashable, Sendable {
    case none
    case avc(frameNumber: Int, AVCReferenceMarking)
    case hevc(HEVCReferences)
}

/// Whether decoding can start at a picture.
package enum RandomAccess: String, Hashable, Sendable {
    case none
    /// Nothing after it refers to anything before it.
    case idr
    /// HEVC IDR_W_RADL: as `idr`, with decodable leading pictures.
    case idrWithLeading
    /// HEVC clean random access: its leading pictures may refer to what was before (an open GOP).
    case cra
    /// HEVC broken link: leading pictures after it may be undecodable.
    case bla
}

/// Whether a picture follows an IRAP picture in decoding order and precedes it in output order (H.265 3.76).
package enum LeadingKind: String, Hashable, Sendable {
    case none
    /// Decodable when decoding starts at the IRAP picture.
    case radl
    /// Not decodable then.
    case rasl
}

/// A whole frame, or one of its fields.
package enum PictureStructure: String, Hashable, Sendable {
    case frame
    case topField
    case bottomField
}

/// The types of a picture's slices.
package struct SliceTypes: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    // Numbered as slice_type of H.264 Table 7-6; HEVC has P and B exchanged.
    package static let p = SliceTypes(rawValue: 1 << 0)
    package static let b = SliceTypes(rawValue: 1 << 1)
    package static let i = SliceTypes(rawValue: 1 << 2)
    /// Switching slices of AVC's Extended profile.
    package static let sp = SliceTypes(rawValue: 1 << 3)
    package static let si = SliceTypes(rawValue: 1 << 4)

    /// Whether no slice refers to another picture.
    package var isIntra: Bool { !isEmpty && isSubset(of: [.i, .si]) }
}

/// Bytes of a picture's NAL units, headers included, length fields and start codes not.
package struct UnitBytes: Hashable, Sendable {
    package internal(set) var slices = 0
    package internal(set) var parameterSets = 0
    package internal(set) var messages = 0
    /// Filler data units (AVC 12, HEVC 38).
    package internal(set) var filler = 0
    /// Dolby Vision RPU (HEVC 62) and enhancement layer (63).
    package internal(set) var dolbyVision = 0
    /// Delimiters, end markers, redundant slices, other layers, unspecified and reserved types.
    package internal(set) var other = 0

    package var total: Int { slices + parameterSets + messages + filler + dolbyVision + other }
}

/// A parameter set NAL unit.
package struct ParameterSetSeen: Hashable, Sendable {
    /// Video parameter sets are HEVC's alone.
    package enum Kind: String, Hashable, Sendable {
        case video
        case sequence
        case picture
    }

    package let kind: Kind
    /// By the parameter set's own numbering, up to 255.
    package let id: Int
    /// Whether its bytes differ from those known under its id before; `true` for the first.
    package let isNews: Bool
}
