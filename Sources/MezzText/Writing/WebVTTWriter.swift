import Foundation
import MezzCore

/// Writes WebVTT.
struct WebVTTWriter {
    private(set) var text = ""
    private(set) var findings = TextFindings()
    /// Classes that need a rule, in the order of their first use.
    private var rules: [(name: String, rule: String)] = []
    private var ruled: Set<String> = []
    private var sizes = 0
    private var forced = 0

    /// Rules beyond which colours are left out: no title has so many.
    private static let mostRules = 1000

    mutating func write(_ cues: [TextCue], isForced: Bool) {
        var body = ""
        for (number, cue) in cues.enumerated() {
            body += "\n\(id(of: cue, number))\n\(CueTime.text(cue.start)) --> \(CueTime.text(cue.end))"
            body += settings(of: cue) + "\n" + markup(of: cue) + "\n"
            if cue.isForced { forced += 1 }
        }
        text = "WEBVTT\n"
        if !rules.isEmpty { text += "\nSTYLE\n" + rules.map(\.rule).joined(separator: "\n") + "\n" }
        text += body
        if sizes > 0 { findings.add(.lostLook, "the size of letters is left to the player in \(sizes) cues") }
        if forced > 0, !isForced, forced < cues.count {
            findings.add(.lostForced, "\(forced) of \(cues.count) cues are forced narratives, which WebVTT cannot say")
        }
    }

    private func id(of cue: TextCue, _ number: Int) -> String {
        // A name must not look like a time line, nor begin a block of another kind.
        let name = (cue.id ?? "").presentable.filter { !$0.isNewline }
        let words = ["NOTE", "STYLE", "REGION", "WEBVTT"]
        let isFree = !name.isEmpty && !name.contains("-->") && !words.contains(where: name.hasPrefix)
        return isFree ? name : "\(number + 1)"
    }

    // MARK: settings

    private func settings(of cue: TextCue) -> String {
        var result = ""
        let placement = cue.placement
        switch placement.writing {
        case .horizontal: break
        case .verticalRightToLeft: result += " vertical:rl"
        case .verticalLeftToRight: result += " vertical:lr"
        }
        switch placement.anchor {
        case .automatic: break
        case .settings(let settings): result += Self.text(settings)
        case .box(let box):
            result += Self.text(
                CueSettings(
                    box, alignment: placement.alignment, writing: placement.writing, lines: cue.lines.count))
        }
        if placement.alignment != .center { result += " align:\(placement.alignment.rawValue)" }
        return result
    }

    private static func text(_ settings: CueSettings) -> String {
        var result = ""
        if let line = settings.line {
            switch line {
            case .row(let row): result += " line:\(row)"
            case .percent(let percent): result += " line:\(number(percent))%"
            }
            if let alignment = settings.lineAlignment { result += ",\(alignment.rawValue)" }
        }
        if let position = settings.position {
            result += " position:\(number(position))%"
            if let alignment = settings.positionAlignment { result += ",\(alignment.rawValue)" }
        }
        if let size = settings.size { result += " size:\(number(size))%" }
        return result
    }

    /// Up to two decimals.
    static func number(_ value: Double) -> String {
        let hundredths = Int((min(1e6, max(-1e6, value)) * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    // MARK: text

    private mutating func markup(of cue: TextCue) -> String {
        var lines = [""]
        var isSized = false
        for piece in cue.pieces {
            switch piece {
            case .lineBreak: lines.append("")
            case .run(let run):
                lines[lines.count - 1] += markup(of: run)
                isSized = isSized || run.style.size != nil
            }
        }
        if isSized { sizes += 1 }
        // A blank line would end the cue.
        return lines.map { $0.allSatisfy(\.isWhitespace) ? "&nbsp;" : $0 }.joined(separator: "\n")
    }

    private mutating func markup(of run: TextRun) -> String {
        var text = Self.escaped(run.text)
        if let annotation = run.annotation {
            text = "<ruby>\(text)<rt>\(Self.escaped(annotation))</rt></ruby>"
        }
        let style = run.style
        if style.isUnderlined { text = "<u>\(text)</u>" }
        if style.isItalic { text = "<i>\(text)</i>" }
        if style.isBold { text = "<b>\(text)</b>" }
        let classes = classes(of: style)
        if !classes.isEmpty { text = "<c\(classes)>\(text)</c>" }
        if let language = style.language { text = "<lang \(Self.escaped(language))>\(text)</lang>" }
        if let voice = style.voice, !voice.isEmpty { text = "<v \(Self.escaped(voice))>\(text)</v>" }
        return text
    }

    private mutating func classes(of style: TextStyle) -> String {
        var result = ""
        // White is what players write in.
        if let color = style.color, color != TextColor(0xFFFFFF) { result += name(color, "", "color") }
        if let ground = style.background { result += name(ground, "bg_", "background-color") }
        return result
    }

    /// A class that players know, or one of our own with a rule.
    private mutating func name(_ color: TextColor, _ prefix: String, _ property: String) -> String {
        if let known = Self.classNames[color] { return ".\(prefix)\(known)" }
        let name = "\(prefix)x\(color.hex)"
        if ruled.insert(name).inserted {
            guard rules.count < Self.mostRules else { return "" }
            rules.append((name, "::cue(.\(name)) { \(property): #\(color.hex); }"))
        }
        return ".\(name)"
    }

    private static let classNames = Dictionary(
        uniqueKeysWithValues: TextColor.webVTTClasses.map { ($0.value, $0.key) })

    static func escaped(_ text: String) -> String {
        text.presentable.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\n", with: " ")
    }
}
