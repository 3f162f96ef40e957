package import MezzCore

/// How times are changed on the way from a file to a title.
package struct TextTiming: Hashable, Sendable {
    /// Seconds that are added after the change of rate.
    package var offset: Rational
    /// What times are multiplied with: 25 / (24000/1001) for text that was timed on 25 pictures a second, of a title
    /// that runs at 23.976 with the same pictures.
    package var factor: Rational
    /// Milliseconds of the picture; `nil` when nobody knows.
    package var duration: Int?

    package init(offset: Rational = Rational(0), factor: Rational = Rational(1), duration: Int? = nil) {
        self.offset = offset
        self.factor = factor
        self.duration = duration
    }

    /// The factor for text timed on `from` pictures a second whose pictures are now shown at `to` a second.
    /// - Returns: `nil` for rates that are none.
    package static func factor(from: Rational, to: Rational) -> Rational? {
        guard from > Rational(0), to > Rational(0) else { return nil }
        let (top, overTop) = from.numerator.multipliedReportingOverflow(by: to.denominator)
        let (bottom, overBottom) = from.denominator.multipliedReportingOverflow(by: to.numerator)
        return overTop || overBottom ? nil : Rational(top, bottom)
    }

    /// The text at its new times: what lies before 0 is cut or left out, and so is what lies after the picture's end.
    package func apply(to text: TimedText) -> (text: TimedText, findings: [Finding]) {
        var findings = TextFindings()
        var result = text
        result.cues = text.cues.compactMap { cue in
            var cue = cue
            cue.start = moved(cue.start)
            cue.end = moved(cue.end)
            return kept(cue, &findings)
        }
        return (result, findings.all)
    }

    private func kept(_ cue: TextCue, _ findings: inout TextFindings) -> TextCue? {
        var cue = cue
        if cue.start < 0 {
            guard cue.end > 0 else {
                findings.add(.cueEarly, "is over before the picture begins: \(Self.seconds(cue.end)) s; left out")
                return nil
            }
            findings.add(.cueCut, "begins before the picture: \(Self.seconds(cue.start)) s; begins with it now", at: 0)
            cue.start = 0
        }
        guard let duration else { return cue }
        if cue.start >= duration {
            findings.add(
                .cueLate, "begins after the picture has ended (\(Self.seconds(duration)) s); left out", at: cue.start)
            return nil
        }
        if cue.end > duration {
            findings.add(
                .cueCut, "ends after the picture (\(Self.seconds(duration)) s); ends with it now", at: cue.start)
            cue.end = duration
        }
        return cue
    }

    /// Exact up to the rounding to whole milliseconds, away from zero at the half.
    func moved(_ time: Int) -> Int {
        let scaled = Self.rounded(time, times: factor)
        return scaled + Self.rounded(1000, times: offset)
    }

    private static func rounded(_ number: Int, times factor: Rational) -> Int {
        let (top, isOver) = Int64(number).multipliedReportingOverflow(by: factor.numerator)
        // Beyond 64 bits only with fractions that nobody counts pictures with.
        guard !isOver else { return Int((Double(number) * factor.value).rounded()) }
        let (quotient, rest) = top.quotientAndRemainder(dividingBy: factor.denominator)
        let isUp = rest.magnitude >= UInt64(factor.denominator) - rest.magnitude
        return Int(quotient) + (isUp ? (top < 0 ? -1 : 1) : 0)
    }

    /// Milliseconds as seconds, for a message.
    static func seconds(_ milliseconds: Int) -> String {
        let whole = abs(milliseconds)
        let fraction = String(whole % 1000 + 1000).dropFirst()
        return "\(milliseconds < 0 ? "-" : "")\(whole / 1000).\(fraction)"
    }
}
