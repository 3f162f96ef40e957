import MezzCore

/// Numbers for people: fixed decimals, thousands apart, a real minus sign, a dash for what is not known.
enum Figures {
    static let none = "–"

    static func fixed(_ value: Double?, _ places: Int) -> String {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return none }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let total = (value.magnitude * Double(scale)).rounded()
        guard total < 9e18 else { return none }
        let units = Int(total)
        var text = grouped(units / scale)
        if places > 0 {
            let decimals = String(units % scale)
            text += "." + String(repeating: "0", count: places - decimals.count) + decimals
        }
        return value < 0 && units > 0 ? "\u{2212}" + text : text
    }

    static func signed(_ value: Double?, _ places: Int) -> String {
        guard let value, value.isFinite else { return none }
        return value > 0 ? "+" + fixed(value, places) : fixed(value, places)
    }

    static func count(_ value: Int) -> String {
        value < 0 ? "\u{2212}" + grouped(Int(clamping: value.magnitude)) : grouped(value)
    }

    static func kbps(_ bps: Int?) -> String { bps.map { fixed(Double($0) / 1000, 0) } ?? none }

    /// "4.81 Mbps", "640 kbps".
    static func rate(_ bps: Int) -> String {
        bps >= 1_000_000 ? "\(fixed(Double(bps) / 1e6, bps >= 9_995_000 ? 1 : 2)) Mbps" : "\(kbps(bps)) kbps"
    }

    static func bytes(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["B", "kB", "MB", "GB", "TB"]
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return "\(fixed(value, unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2)) \(units[unit])"
    }

    /// "48.2 s", "12 min 05 s", "1 h 02 min".
    static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return none }
        if seconds < 99.95 { return "\(fixed(seconds, seconds < 9.995 ? 2 : 1)) s" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
        return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
    }

    /// A place on a time axis: "1:05", "1:02:05", with decimals where the ticks are closer than a second.
    static func clock(_ seconds: Double, step: Double = 1) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return none }
        let places = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
        let scale = places == 0 ? 1 : places == 1 ? 10 : 100
        let units = Int((seconds * Double(scale)).rounded())
        let whole = units / scale
        let decimals = places == 0 ? "" : "." + (places == 2 ? padded(units % scale) : String(units % scale))
        let head = whole >= 3600 ? "\(whole / 3600):\(padded(whole / 60 % 60))" : "\(whole / 60)"
        return "\(head):\(padded(whole % 60))\(decimals)"
    }

    /// HH:MM:SS:FF, frames counted through (non-drop).
    static func timeCode(frame: Int, rate: Rational) -> String {
        let nominal = max(1, Int(rate.value.rounded()))
        let position = max(0, frame)
        let seconds = position / nominal
        return [seconds / 3600, seconds / 60 % 60, seconds % 60, position % nominal].map(padded).joined(separator: ":")
    }

    /// "23.976", "25".
    static func frameRate(_ rate: Rational) -> String {
        rate.denominator == 1 ? String(rate.numerator) : fixed(rate.value, 3)
    }

    static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

    private static func grouped(_ value: Int) -> String {
        let digits = String(value)
        guard digits.count > 3 else { return digits }
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return result
    }

    /// For coordinates in markup: at most `places` decimals, none that are zero.
    static func coordinate(_ value: Double, places: Int = 1) -> String {
        let rounded = value.rounded(places: places)
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? String(Int(rounded)) : "\(rounded)"
    }
}

extension CodecFamily {
    /// As people write it.
    var title: String {
        switch self {
        case .avc: "AVC"
        case .hevc: "HEVC"
        case .av1: "AV1"
        }
    }
}
