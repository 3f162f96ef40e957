import MezzCore

/// Reads TTML 1 and 2: IMSC 1.0 to 1.2 text profile, EBU-TT-D, and what captioning software calls DFXP.
struct TTMLReader {
    private let clock: TTMLClock
    private let lengths: TTMLLength
    private let styles: TTMLStyles
    private let language: String?
    private var regions: [String: TTMLRegion] = [:]
    private let wholePicture: TTMLRegion
    private var findings = TextFindings()
    private var cues: [TextCue] = []
    private var characters = 0
    private var losses = TTMLLosses()

    /// Nanoseconds that text is shown whose end nobody said.
    private static let openLength = 10_000_000_000

    /// What is known above an element.
    private struct Context {
        var span: TTMLSpan
        /// What the elements above say of styles, outermost first.
        var chain: [(styles: [String: String], element: TTMLElement)]
        var region: String?
    }

    /// - Parameter bytes: UTF-8.
    /// - Throws: `Failure` (`input`) for what is no TTML, or far larger than any title's.
    static func read(_ bytes: [UInt8], format: TextFormat = .ttml, place: String) throws(Failure) -> TextReading {
        let root = try TTMLParser.read(bytes, place: place)
        guard root.name == "tt" else {
            throw Failure(
                .input, what: "XML, but not TTML: its root is \(String(root.name.prefix(80)).printable)", place: place,
                remedy: "check that this is the right file")
        }
        var reader = try TTMLReader(root, place: place)
        if let body = root.first("body") {
            let context = Context(span: TTMLSpan(begin: 0, end: nil), chain: [], region: nil)
            try reader.block(body, in: context, from: 0, place: place)
        }
        reader.losses.say(in: &reader.findings)
        return TextReading(
            text: TimedText(cues: reader.cues, language: reader.language), format: format,
            findings: reader.findings.all)
    }

    private init(_ root: TTMLElement, place: String) throws(Failure) {
        clock = try TTMLClock(root, place: place)
        lengths = TTMLLength(root)
        styles = TTMLStyles(root)
        language = root["xml:lang"].flatMap { $0.isEmpty ? nil : $0 }
        wholePicture = TTMLRegion(styles: [:], initial: styles.initial, lengths: lengths)
        for element in root.first("head")?.first("layout")?.children ?? [] where element.name == "region" {
            guard let id = element["xml:id"] else { continue }
            let specified = styles.specified(element)
            losses.note(specified)
            let region = TTMLRegion(styles: specified, initial: styles.initial, lengths: lengths)
            if region.hasBackground { losses.look.insert("background of regions") }
            if element["begin"] != nil || element["end"] != nil { losses.hasAnimation = true }
            regions[id] = region
        }
    }

    /// `body` or `div`.
    /// - Returns: When it ends, for what follows it in a sequence; `nil` for never.
    @discardableResult
    private mutating func block(
        _ element: TTMLElement, in context: Context, from reference: Int, place: String
    ) throws(Failure) -> Int? {
        guard let inner = enter(element, context, from: reference) else { return nil }
        if element["smpte:backgroundImage"] != nil { losses.hasImages = true }
        var next: Int? = inner.span.begin
        for child in element.children {
            let from = element["timeContainer"] == "seq" ? next : inner.span.begin
            guard let from else { break }
            switch child.name {
            case "div": next = try block(child, in: inner, from: from, place: place)
            case "p": next = try paragraph(child, in: inner, from: from, place: place)
            case "set", "animate", "animation": losses.hasAnimation = true
            case "image": losses.hasImages = true
            default: break
            }
        }
        return inner.span.end ?? next
    }

    private mutating func enter(_ element: TTMLElement, _ context: Context, from reference: Int) -> Context? {
        guard let span = context.span.inner(element, from: reference, clock) else {
            findings.add(.cueUnreadable, "the times of a \(element.name) cannot be read: \(Self.times(of: element))")
            return nil
        }
        let specified = styles.specified(element)
        losses.note(specified)
        guard specified["tts:display"] != "none" else { return nil }
        return Context(
            span: span, chain: context.chain + [(specified, element)], region: element["region"] ?? context.region)
    }

    private static func times(of element: TTMLElement) -> String {
        ["begin", "dur", "end"].compactMap { name in
            element[name].map { "\(name)=\"\(String($0.prefix(40)).printable)\"" }
        }.joined(separator: " ")
    }

    private mutating func paragraph(
        _ element: TTMLElement, in context: Context, from reference: Int, place: String
    ) throws(Failure) -> Int? {
        guard let inner = enter(element, context, from: reference) else { return nil }
        let region = region(inner.region, at: inner.span.begin)
        var look = TTMLLook(size: lengths.usualFontSize)
        look.apply(styles.initial, nil, lengths: lengths, isRegion: true)
        look.style.size = nil
        look.apply(region.styles, nil, lengths: lengths, isRegion: true)
        for level in inner.chain { look.apply(level.styles, level.element, lengths: lengths) }
        if look.style.language == language { look.style.language = nil }
        var paragraph = TTMLParagraph(span: inner.span)
        inline(element, look, inner.span, &paragraph)
        add(paragraph, element["xml:id"], region.placement(align: look.align), isForced: look.isForced)
        guard cues.count <= TextLimit.cues, characters <= TextLimit.characters else {
            throw Failure(
                .input, what: "more text than any real title has", place: place,
                remedy: "check where the file comes from")
        }
        return inner.span.end
    }

    private mutating func region(_ name: String?, at begin: Int) -> TTMLRegion {
        if let name, let region = regions[name] { return region }
        if let name {
            findings.add(
                .lostRegion, "there is no region \(String(name.prefix(40)).printable)", at: begin / 1_000_000)
        } else if !regions.isEmpty {
            findings.add(.lostRegion, "belongs to no region, so players may not show it", at: begin / 1_000_000)
        }
        return wholePicture
    }

    /// The content of `p` or `span`.
    private mutating func inline(
        _ element: TTMLElement, _ look: TTMLLook, _ span: TTMLSpan, _ paragraph: inout TTMLParagraph
    ) {
        var next: Int? = span.begin
        for content in element.content {
            guard case .element(let child) = content else {
                if case .text(let text) = content { paragraph.add(.text(text), look, span) }
                continue
            }
            switch child.name {
            case "br": paragraph.add(.lineBreak, look, span)
            case "set", "animate": losses.hasAnimation = true
            case "span":
                let from = element["timeContainer"] == "seq" ? next : span.begin
                guard let from, let inner = span.inner(child, from: from, clock) else {
                    findings.add(.cueUnreadable, "the times of a span cannot be read: \(Self.times(of: child))")
                    continue
                }
                next = inner.end
                self.span(child, look, inner, &paragraph)
            default: break
            }
        }
    }

    private mutating func span(
        _ element: TTMLElement, _ outer: TTMLLook, _ span: TTMLSpan, _ paragraph: inout TTMLParagraph
    ) {
        let specified = styles.specified(element)
        losses.note(specified)
        guard specified["tts:display"] != "none" else { return }
        var look = outer
        look.apply(specified, element, lengths: lengths)
        if look.style.language == language { look.style.language = nil }
        guard specified["tts:ruby"] == "container" else { return inline(element, look, span, &paragraph) }
        let ruby = TTMLRuby(element, styles)
        for (place, base) in ruby.bases.enumerated() {
            let annotation = place < ruby.annotations.count ? ruby.annotations[place] : ""
            paragraph.add(.ruby(base: base, annotation: annotation), look, span)
        }
        if ruby.annotations.count > ruby.bases.count {
            findings.add(.lostRuby, "more annotations than bases", at: span.begin / 1_000_000)
        }
    }

    private mutating func add(
        _ paragraph: TTMLParagraph, _ id: String?, _ placement: TextPlacement, isForced: Bool
    ) {
        guard !paragraph.parts.isEmpty else { return }
        let (end, isOpen) = paragraph.end(openLength: Self.openLength)
        for stretch in paragraph.stretches(until: end) {
            let pieces = TTMLParagraph.pieces(of: stretch.parts)
            let isForced = isForced || (!stretch.parts.isEmpty && stretch.parts.allSatisfy(\.look.isForced))
            let cue = TextCue(
                id: id, start: Self.milliseconds(stretch.start), end: Self.milliseconds(stretch.end), pieces: pieces,
                placement: placement, isForced: isForced)
            // Paragraphs whose spans are all timed are empty between them, and others that hold only blanks are layout.
            guard !cue.isEmpty else { continue }
            if isOpen, stretch.end == end {
                findings.add(.cueOpen, "has no end", at: cue.start)
            }
            characters += cue.text.utf8.count
            if var last = cues.last, last.end == cue.start, last.id == cue.id, last.id != nil, last.pieces == cue.pieces
            {
                last.end = cue.end
                cues[cues.count - 1] = last
            } else {
                cues.append(cue)
            }
        }
    }

    private static func milliseconds(_ nanoseconds: Int) -> Int { (nanoseconds + 500_000) / 1_000_000 }
}
