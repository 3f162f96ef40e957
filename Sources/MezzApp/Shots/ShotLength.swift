import ArgumentParser
import MezzCore

/// A shot's length as people give it: frames, or seconds with an `s`.
enum ShotLength: ExpressibleByArgument, Hashable, Sendable {
    case frames(Int)
    case seconds(Double)

    /// - Returns: `nil` for anything but a whole number from 1 or seconds above 0, up to a day.
    init?(argument: String) {
        if let frames = Int(argument), (1...10_000_000).contains(frames) {
            self = .frames(frames)
        } else if argument.hasSuffix("s"), let seconds = Double(argument.dropLast()), seconds > 0, seconds <= 86_400 {
            self = .seconds(seconds)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .frames(let frames): String(frames)
        case .seconds(let seconds): "\(seconds)s"
        }
    }

    /// At least 1.
    func frames(at rate: Rational) -> Int {
        switch self {
        case .frames(let frames): frames
        case .seconds(let seconds): max(1, Int((seconds * rate.value).rounded()))
        }
    }
}
