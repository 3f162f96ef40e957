/// The settings of a cue as its time line has them (WebVTT, section 6.3 "parse the WebVTT cue settings").
struct CueSettingsReader {
    private(set) var settings = CueSettings()
    private(set) var alignment = TextPlacement.Alignment.center
    private(set) var writing = TextPlacement.Writing.horizontal
    private(set) var region: Substring?
    /// Settings that are wrong and without effect.
    private(set) var wrong: [Substring] = []
    private var isPlaced = false

    init(_ text: Substring) {
        for setting in text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            guard let colon = setting.firstIndex(of: ":") else {
                wrong.append(setting)
                continue
            }
            if !apply(setting[..<colon], setting[setting.index(after: colon)...]) { wrong.append(setting) }
        }
    }

    var placement: TextPlacement {
        TextPlacement(anchor: isPlaced ? .settings(settings) : .automatic, alignment: alignment, writing: writing)
    }

    private mutating func apply(_ name: Substring, _ value: Substring) -> Bool {
        switch name {
        case "align": return align(value)
        case "line": return line(value)
        case "position": return position(value)
        case "size":
            guard let percent = Self.percent(value) else { return false }
            settings.size = percent
            isPlaced = true
        case "vertical":
            guard value == "rl" || value == "lr" else { return false }
            writing = value == "rl" ? .verticalRightToLeft : .verticalLeftToRight
        case "region": region = value
        default: return false
        }
        return true
    }

    private mutating func align(_ value: Substring) -> Bool {
        // "middle" is what drafts before 2015 called the centre; many files have it.
        guard let known = TextPlacement.Alignment(rawValue: value == "middle" ? "center" : String(value)) else {
            return false
        }
        alignment = known
        return true
    }

    private mutating func line(_ value: Substring) -> Bool {
        let parts = value.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return false }
        let line: CueSettings.Line
        if let percent = Self.percent(first) {
            line = .percent(percent)
        } else if let row = Int(first), abs(row) < 1000, !first.hasPrefix("+") {
            line = .row(row)
        } else {
            return false
        }
        if parts.count == 2 {
            guard let known = CueSettings.LineAlignment(rawValue: String(parts[1])) else { return false }
            settings.lineAlignment = known
        }
        settings.line = line
        isPlaced = true
        return true
    }

    private mutating func position(_ value: Substring) -> Bool {
        let parts = value.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let percent = Self.percent(first) else { return false }
        if parts.count == 2 {
            guard let known = CueSettings.PositionAlignment(rawValue: String(parts[1])) else { return false }
            settings.positionAlignment = known
        }
        settings.position = percent
        isPlaced = true
        return true
    }

    /// 0 to 100 with a per cent sign.
    static func percent(_ text: Substring) -> Double? {
        guard text.hasSuffix("%"), let first = text.utf8.first, (0x30...0x39).contains(first),
            text.dropLast().allSatisfy({ $0.isNumber || $0 == "." }), let value = Double(text.dropLast()),
            (0...100).contains(value)
        else { return nil }
        return value
    }
}
