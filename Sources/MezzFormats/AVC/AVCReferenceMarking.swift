/// How a picture changes which decoded pictures are kept for reference: dec_ref_pic_marking (H.264 7.3.3.3, 8.2.5).
package enum AVCReferenceMarking: Hashable, Sendable {
    /// The picture is not kept itself and changes nothing.
    case none
    /// All are dropped; the picture becomes a long-term reference or not.
    case idr(discardsOutput: Bool, isLongTerm: Bool)
    /// The oldest short-term reference makes room.
    case slidingWindow
    case adaptive([AVCMemoryOperation])

    /// Whether there is a memory management control operation 5.
    var clearsAll: Bool {
        guard case .adaptive(let operations) = self else { return false }
        return operations.contains(.clearAll)
    }

    /// Operations of one picture beyond which it is refused: each of 32 fields may be touched twice.
    private static let mostOperations = 72

    static func read(_ bits: inout BitReader, _ header: AVCUnitHeader) throws(FormatError) -> AVCReferenceMarking {
        guard header.referenceIndicator != 0 else { return .none }
        if header.type == .idrSlice {
            return .idr(discardsOutput: try bits.flag(), isLongTerm: try bits.flag())
        }
        guard try bits.flag() else { return .slidingWindow }
        var operations: [AVCMemoryOperation] = []
        while let operation = try AVCMemoryOperation.read(&bits) {
            guard operations.count < mostOperations else {
                throw FormatError(.tooLarge, "too many memory operations", at: bits.position)
            }
            operations.append(operation)
        }
        return .adaptive(operations)
    }
}

/// memory_management_control_operation (H.264 Table 7-9).
package enum AVCMemoryOperation: Hashable, Sendable {
    /// 1: drops the short-term picture of picture number CurrPicNum - `difference`.
    case dropShortTerm(difference: Int)
    /// 2: drops the long-term picture LongTermPicNum.
    case dropLongTerm(number: Int)
    /// 3: makes a short-term picture long-term.
    case keepLongTerm(difference: Int, index: Int)
    /// 4: drops the long-term pictures whose index is `count` or more.
    case limitLongTerm(count: Int)
    /// 5: drops all, and starts numbering anew.
    case clearAll
    /// 6: makes the current picture long-term.
    case keepCurrent(index: Int)

    /// `nil` at the end of the list.
    fileprivate static func read(_ bits: inout BitReader) throws(FormatError) -> AVCMemoryOperation? {
        switch try bits.unsigned(upTo: 6, "a memory_management_control_operation") {
        case 1: .dropShortTerm(difference: try bits.unsigned() + 1)
        case 2: .dropLongTerm(number: try bits.unsigned())
        case 3: .keepLongTerm(difference: try bits.unsigned() + 1, index: try bits.unsigned())
        case 4: .limitLongTerm(count: try bits.unsigned())
        case 5: .clearAll
        case 6: .keepCurrent(index: try bits.unsigned())
        default: nil
        }
    }
}
