import MezzLadder

/// What decided a shot's CRF in a rung, as far as a report tells.
package enum ChoiceReason: String, Hashable, Codable, Sendable, CaseIterable {
    /// One more bit would buy no more here than anywhere else in the title.
    case equalSlope = "equal-slope"
    /// Held up by the least quality of a shot in its rung.
    case floor
    /// At the coarse end of what the trial encodes answer for.
    case coarsest
    /// At the fine end of what the trial encodes answer for.
    case finest
    /// All shots have one CRF, solved for the rung's goal.
    case uniform
    /// All shots have one CRF, the one nearest to a prescribed bitrate.
    case nearestBitrate = "nearest-bitrate"
    /// The encoder was given a bitrate instead of a CRF.
    case bitrate
    /// The report lacks trial encodes of the title at this size.
    case unknown

    init(_ reason: CRFReason, isFixed: Bool) {
        switch reason {
        case .uniform: self = isFixed ? .nearestBitrate : .uniform
        case .equalSlope: self = .equalSlope
        case .floor: self = .floor
        case .coarsest: self = .coarsest
        case .finest: self = .finest
        }
    }

    /// A word or two.
    package var words: String {
        switch self {
        case .equalSlope: "equal slope"
        case .floor: "quality floor"
        case .coarsest: "coarsest tried"
        case .finest: "finest tried"
        case .uniform: "one CRF for all"
        case .nearestBitrate: "nearest bitrate"
        case .bitrate: "given a bitrate"
        case .unknown: "too few trials"
        }
    }

    /// The end of a sentence that begins with "because".
    package var clause: String {
        switch self {
        case .equalSlope: "one more bit would buy no more here than elsewhere in the title"
        case .floor: "a coarser one, which the slopes ask for, would fall too far below the rung's quality"
        case .coarsest: "even the coarsest that the trials answer for is better than the title's slope asks"
        case .finest: "even the finest that the trials answer for is worse than the title's slope asks"
        case .uniform: "all shots of the rung have one CRF, which reaches the rung's goal"
        case .nearestBitrate: "all shots of the rung have one CRF, the nearest to its given bitrate"
        case .bitrate: "the encoder was given a bitrate"
        case .unknown: "the report has too few trial encodes at this size to say"
        }
    }
}

/// What decided a rung's size, as far as a report tells.
package enum SizeReason: String, Hashable, Codable, Sendable, CaseIterable {
    /// No size gives more at the rung's bitrate.
    case best
    /// No other size was tried in every shot.
    case only
    /// The better sizes may not have so many bits.
    case cap
    /// The better sizes are larger than that of the rung above.
    case order
    /// Prescribed.
    case given
    /// Another size gives more: the goal asked for, or its limits, decided.
    case goal
    /// The report lacks trial encodes of the title.
    case unknown

    /// The end of a sentence that begins with "because".
    package var clause: String {
        switch self {
        case .best: "no size gives more at this bitrate"
        case .only: "no other size was tried in every shot"
        case .cap: "sizes that give more may not have so many bits"
        case .order: "sizes that give more are larger than that of the rung above"
        case .given: "it is prescribed"
        case .goal: "the ladder's goal and limits ask for it; another size gives more at this bitrate"
        case .unknown: "the report has too few trial encodes to say"
        }
    }
}
