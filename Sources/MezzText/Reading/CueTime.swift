/// The times of SubRip and WebVTT.
enum CueTime {
    /// A thousand hours in milliseconds: later is no time of a title.
    static let latest = 3_600_000_000

    /// Reads `hh:mm:ss,mmm`, `hh:mm:ss.mmm` or `mm:ss.mmm`.
    /// - Parameter isStrict: WebVTT's own rules: a full stop, three digits, two for minutes and seconds, no blanks.
    /// - Returns: Milliseconds; `nil` for anything else, and beyond a thousand hours.
    static func read(_ text: Substring, isStrict: Bool) -> Int? {
        let mark = text.lastIndex { $0 == "." || (!isStrict && $0 == ",") }
        guard let mark, let thousandths = fraction(text[text.index(after: mark)...], isStrict: isStrict) else {
            return nil
        }
        let parts = text[..<mark].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 2 else { return nil }
        var seconds = 0
        for (place, part) in parts.enumerated() {
            let isHours = parts.count == 3 && place == 0
            guard (1...6).contains(part.utf8.count), isHours || part.utf8.count == 2 || !isStrict,
                part.utf8.count >= (isStrict ? 2 : 1), let number = digits(part), isHours || number < 60
            else { return nil }
            seconds = seconds * 60 + number
        }
        let time = seconds * 1000 + thousandths
        return time <= latest ? time : nil
    }

    private static func fraction(_ text: Substring, isStrict: Bool) -> Int? {
        guard let number = digits(text) else { return nil }
        switch text.utf8.count {
        case 3: return number
        case 2 where !isStrict: return number * 10
        case 1 where !isStrict: return number * 100
        default: return nil
        }
    }

    private static func digits(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    /// `hh:mm:ss.mmm` of milliseconds from 0 on.
    static func text(_ milliseconds: Int) -> String {
        let (hours, rest) = milliseconds.quotientAndRemainder(dividingBy: 3_600_000)
        return padded(hours, 2) + ":" + padded(rest / 60_000, 2) + ":" + padded(rest / 1000 % 60, 2) + "."
            + padded(rest % 1000, 3)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
