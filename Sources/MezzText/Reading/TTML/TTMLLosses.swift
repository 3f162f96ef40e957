/// What a document says and nothing is made of.
struct TTMLLosses {
    var look: Set<String> = []
    var hasAnimation = false
    var hasImages = false
    private var style: Set<String> = []

    mutating func note(_ specified: [String: String]) {
        let lost = TTMLLook.lost(specified)
        look.formUnion(lost.cosmetic)
        style.formUnion(lost.meaningful)
    }

    func say(in findings: inout TextFindings) {
        if !look.isEmpty { findings.add(.lostLook, "not kept: \(look.sorted().joined(separator: ", "))") }
        if !style.isEmpty { findings.add(.lostStyle, "not kept: \(style.sorted().joined(separator: ", "))") }
        if hasAnimation { findings.add(.lostAnimation, "parts that appear, move or change by animation do not") }
        if hasImages { findings.add(.lostImage, "there are images of text") }
    }
}
