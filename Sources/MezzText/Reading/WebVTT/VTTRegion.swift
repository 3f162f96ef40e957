/// A `REGION` block (WebVTT, section 6.2): lines of text that scroll up from the bottom of a box.
struct VTTRegion {
    let id: String
    let box: TextBox

    /// `nil` without a name.
    init?(_ text: String) {
        var id: String?
        var width = 100.0
        var lines = 3.0
        var anchor = (x: 0.0, y: 100.0)
        var viewport = (x: 0.0, y: 100.0)
        for setting in text.split(whereSeparator: \.isWhitespace) {
            guard let colon = setting.firstIndex(of: ":") else { continue }
            let value = setting[setting.index(after: colon)...]
            switch setting[..<colon] {
            case "id": id = String(value.prefix(200))
            case "width": width = CueSettingsReader.percent(value) ?? width
            case "lines": lines = Int(value).map { Double(max(1, min(100, $0))) } ?? lines
            case "regionanchor": anchor = Self.pair(value) ?? anchor
            case "viewportanchor": viewport = Self.pair(value) ?? viewport
            default: break
            }
        }
        guard let id, !id.isEmpty else { return nil }
        self.id = id
        let height = min(100, lines * TextBox.lineHeight)
        box = TextBox(
            left: viewport.x - width * anchor.x / 100, top: viewport.y - height * anchor.y / 100, width: width,
            height: height, align: .after)
    }

    private static func pair(_ text: Substring) -> (x: Double, y: Double)? {
        let parts = text.split(separator: ",")
        guard parts.count == 2, let x = CueSettingsReader.percent(parts[0]), let y = CueSettingsReader.percent(parts[1])
        else { return nil }
        return (x, y)
    }
}
