import MezzCore

/// The time expressions of a document (TTML 2, section 12.3.1), in nanoseconds.
struct TTMLClock {
    private let isTimeCode: Bool
    private let isDropFrame: Bool
    /// Which numbers are left out: two a minute but each tenth, or (PAL, TTML2 6.2.2) four each second minute but each
    /// twentieth.
    private let isPAL: Bool
    /// Frames a second, as they are counted in `hh:mm:ss:ff`.
    private let frameRate: Int
    /// What frames really last: `frameRate` times the multiplier.
    private let rate: Rational
    private let subFrameRate: Int
    private let tickRate: Int

    /// Media of a thousand hours; later is no time of a title.
    static let latest = CueTime.latest * 1_000_000

    /// - Throws: `Failure` (`input`) for clocks that a file does not have.
    init(_ root: TTMLElement, place: String) throws(Failure) {
        if root["ttp:timeBase"] == "clock" {
            throw Failure(
                .input, what: "the times are times of the day (ttp:timeBase=\"clock\")", place: place,
                remedy: "deliver times that count from the start of the picture")
        }
        isTimeCode = root["ttp:timeBase"] == "smpte"
        isPAL = root["ttp:dropMode"] == "dropPAL"
        isDropFrame = isTimeCode && ["dropNTSC", "dropPAL"].contains(root["ttp:dropMode"])
        let stated = root["ttp:frameRate"].flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil }
        frameRate = stated ?? 30
        let parts = (root["ttp:frameRateMultiplier"] ?? "1 1").split(whereSeparator: { $0 == " " || $0 == ":" })
            .map { Int64($0) }
        var rate = Rational(Int64(frameRate))
        if parts.count == 2, let top = parts[0], let bottom = parts[1], (1...10_000).contains(top),
            (1...10_000).contains(bottom)
        {
            rate = Rational(Int64(frameRate) * top, bottom) ?? rate
        }
        self.rate = rate
        subFrameRate = root["ttp:subFrameRate"].flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil } ?? 1
        tickRate =
            root["ttp:tickRate"].flatMap { Int($0) }.flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
            ?? (stated == nil ? 1 : frameRate * subFrameRate)
    }

    /// Nanoseconds; `nil` for what is no time, and beyond a thousand hours.
    func read(_ text: String) -> Int? {
        let text = text.filter { !$0.isWhitespace }
        let time = text.contains(":") ? clockTime(text) : offsetTime(text)
        guard let time, time >= 0, time <= Double(Self.latest) else { return nil }
        return Int(time.rounded())
    }

    /// `hh:mm:ss`, `hh:mm:ss.fraction`, `hh:mm:ss:frames` or `hh:mm:ss:frames.sub`.
    private func clockTime(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4, let hours = Self.whole(parts[0]), hours < 10_000,
            let minutes = Self.whole(parts[1]), minutes < 60
        else { return nil }
        guard parts.count == 4 else {
            guard let seconds = Self.number(parts[2]), seconds < 61 else { return nil }
            return (Double(hours * 3600 + minutes * 60) + seconds) * 1e9
        }
        let frames = parts[3].split(separator: ".", omittingEmptySubsequences: false)
        guard let seconds = Self.whole(parts[2]), seconds < 60, let frame = Self.whole(frames[0]), frame < frameRate,
            frames.count <= 2
        else { return nil }
        var part = Double(frame)
        if frames.count == 2 {
            guard let sub = Self.whole(frames[1]), sub < subFrameRate else { return nil }
            part += Double(sub) / Double(subFrameRate)
        }
        return nanoseconds(hours * 3600 + minutes * 60 + seconds, part)
    }

    /// In media time, seconds are seconds; a time code counts frames all the way (SMPTE ST 12-1).
    private func nanoseconds(_ seconds: Int, _ frames: Double) -> Double {
        guard isTimeCode else { return (Double(seconds) + frames / rate.value) * 1e9 }
        var count = Double(seconds * frameRate) + frames
        if isDropFrame {
            let minutes = seconds / 60
            count -= Double(frameRate / 30 * (isPAL ? 4 * (minutes / 2 - minutes / 20) : 2 * (minutes - minutes / 10)))
        }
        return count / rate.value * 1e9
    }

    /// A number with `h`, `m`, `s`, `ms`, `f` or `t`.
    private func offsetTime(_ text: String) -> Double? {
        let unit = text.drop { $0.isNumber || $0 == "." }
        guard let count = Self.number(text[..<unit.startIndex]) else { return nil }
        switch unit {
        case "h": return count * 3600e9
        case "m": return count * 60e9
        case "s": return count * 1e9
        case "ms": return count * 1e6
        case "f": return count / rate.value * 1e9
        case "t": return count / Double(tickRate) * 1e9
        default: return nil
        }
    }

    private static func whole(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count < 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }

    private static func number(_ text: some StringProtocol) -> Double? {
        guard !text.isEmpty, text.utf8.count < 30, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
        else { return nil }
        return Double(String(text))
    }
}
