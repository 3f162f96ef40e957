/// A frame that later ones may refer to or show (AV1, 7.20), as far as their headers need it.
struct AV1ReferenceSlot: Sendable, Hashable {
    /// What was said of the frame.
    var type = AV1FrameType.key
    var isShowable = false
    var frameID = 0
    var orderHint = 0
    var size = AV1FrameSize()
    var segments = AV1Segments()
    var filmGrain = AV1FilmGrain()
}

/// The eight frames that are kept.
struct AV1ReferenceSlots: Sendable, Hashable {
    /// `nil` where nothing is kept, or what is kept is not what the stream expects.
    private var slots: [AV1ReferenceSlot?] = Array(repeating: nil, count: 8)
    /// Kept even where the frame is not.
    private(set) var orderHints = Array(repeating: 0, count: 8)

    static let count = 8
    static let all = 0xFF

    /// - Parameter index: 0...7
    subscript(index: Int) -> AV1ReferenceSlot? { slots[index & 7] }

    func orderHint(_ index: Int) -> Int { orderHints[index & 7] }

    /// A key frame that is shown ends all reference to what was before (5.9.2).
    mutating func clear() { self = AV1ReferenceSlots() }

    /// The stream says what a slot should hold. One that holds something else was lost on the way.
    mutating func expect(_ orderHint: Int, at index: Int) {
        guard orderHint != orderHints[index & 7] || slots[index & 7] == nil else { return }
        orderHints[index & 7] = orderHint
        slots[index & 7] = nil
    }

    /// The reference frame update process (7.20).
    mutating func store(_ slot: AV1ReferenceSlot, in mask: Int) {
        for index in 0..<Self.count where mask >> index & 1 == 1 {
            slots[index] = slot
            orderHints[index] = slot.orderHint
        }
    }
}
