import MezzCore

/// Writes IMSC 1.1, text profile (W3C Recommendation of 2018): media time in milliseconds, one region for each place on
/// the picture, styles on the spans themselves.
struct IMSCWriter {
    private(set) var text = ""
    private(set) var findings = TextFindings()
    private var regions: [(placement: Place, id: String)] = []
    private var known: [Place: String] = [:]
    private var voices = 0
    private var badLanguages = 0

    /// What distinguishes regions.
    private struct Place: Hashable {
        let box: TextBox
        let alignment: TextPlacement.Alignment
        let writing: TextPlacement.Writing
    }

    mutating func write(_ cues: [TextCue], language: String?, isForced: Bool) {
        var body = ""
        for cue in cues { body += paragraph(cue, isForced: isForced) }
        text = head(language: language) + "  <body\(isForced ? " itts:forcedDisplay=\"true\"" : "")>\n"
        text += "    <div>\n\(body)    </div>\n  </body>\n</tt>\n"
        if voices > 0 { findings.add(.lostVoice, "who speaks is not said in \(voices) cues") }
        if badLanguages > 0 { findings.add(.language, "languages of parts are no tags, \(badLanguages) times") }
    }

    private func head(language: String?) -> String {
        let tag = language.flatMap { LanguageTag($0)?.text } ?? ""
        var result = """
            <?xml version="1.0" encoding="UTF-8"?>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" \
            xmlns:tts="http://www.w3.org/ns/ttml#styling" \
            xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling" xml:lang="\(tag)" ttp:timeBase="media" \
            ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text">
              <head>
                <styling>
                  <initial tts:fontFamily="proportionalSansSerif" tts:fontSize="5rh" tts:lineHeight="125%" \
            tts:textOutline="#000000 5%"/>
                </styling>
                <layout>

            """
        for region in regions { result += Self.region(region.placement, region.id) }
        return result + "    </layout>\n  </head>\n"
    }

    private static func region(_ place: Place, _ id: String) -> String {
        let box = place.box
        let number = WebVTTWriter.number
        let mode: String =
            switch place.writing {
            case .horizontal: ""
            case .verticalRightToLeft: " tts:writingMode=\"tbrl\""
            case .verticalLeftToRight: " tts:writingMode=\"tblr\""
            }
        return """
                  <region xml:id="\(id)" tts:origin="\(number(box.left))% \(number(box.top))%" \
            tts:extent="\(number(box.width))% \(number(box.height))%" tts:displayAlign="\(box.align.rawValue)" \
            tts:textAlign="\(place.alignment.rawValue)"\(mode)/>

            """
    }

    private mutating func paragraph(_ cue: TextCue, isForced: Bool) -> String {
        let times = "begin=\"\(CueTime.text(cue.start))\" end=\"\(CueTime.text(cue.end))\""
        let forced = cue.isForced && !isForced ? " itts:forcedDisplay=\"true\"" : ""
        var result = "      <p region=\"\(region(of: cue))\" \(times)\(forced) xml:space=\"preserve\">"
        var hasVoice = false
        for piece in cue.pieces {
            switch piece {
            case .lineBreak: result += "<br/>"
            case .run(let run):
                result += span(run)
                hasVoice = hasVoice || run.style.voice != nil
            }
        }
        if hasVoice { voices += 1 }
        return result + "</p>\n"
    }

    private mutating func region(of cue: TextCue) -> String {
        let placement = cue.placement
        let place = Place(
            box: Self.inside(placement.box(lines: cue.lines.count)), alignment: placement.alignment,
            writing: placement.writing)
        if let id = known[place] { return id }
        let id = "r\(regions.count + 1)"
        known[place] = id
        regions.append((place, id))
        return id
    }

    /// The part of a box that is on the picture: IMSC 1.1 (section 8.4.7) wants regions to lie inside.
    private static func inside(_ box: TextBox) -> TextBox {
        let (left, top) = (min(99, max(0, box.left)), min(99, max(0, box.top)))
        return TextBox(
            left: left, top: top, width: min(100 - left, max(1, box.left + box.width - left)),
            height: min(100 - top, max(1, box.top + box.height - top)), align: box.align)
    }

    private mutating func span(_ run: TextRun) -> String {
        let attributes = attributes(of: run.style)
        let text = Self.escaped(run.text)
        guard let annotation = run.annotation else {
            return attributes.isEmpty ? "<span>\(text)</span>" : "<span\(attributes)>\(text)</span>"
        }
        return "<span\(attributes) tts:ruby=\"container\"><span tts:ruby=\"base\">\(text)</span>"
            + "<span tts:ruby=\"text\">\(Self.escaped(annotation))</span></span>"
    }

    private mutating func attributes(of style: TextStyle) -> String {
        var result = ""
        if style.isItalic { result += " tts:fontStyle=\"italic\"" }
        if style.isBold { result += " tts:fontWeight=\"bold\"" }
        if style.isUnderlined { result += " tts:textDecoration=\"underline\"" }
        if let color = style.color { result += " tts:color=\"#\(color.hex)\"" }
        if let ground = style.background { result += " tts:backgroundColor=\"#\(ground.hex)\"" }
        if let size = style.size { result += " tts:fontSize=\"\(WebVTTWriter.number(min(100, size)))rh\"" }
        if let language = style.language {
            if let tag = LanguageTag(language) { result += " xml:lang=\"\(tag.text)\"" } else { badLanguages += 1 }
        }
        return result
    }

    static func escaped(_ text: String) -> String {
        text.presentable.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: " ")
    }
}
