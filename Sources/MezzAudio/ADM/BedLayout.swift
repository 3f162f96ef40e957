/// Names loudspeaker layouts by what is in them.
enum BedLayout {
    /// "5.1.4": loudspeakers in the middle layer, low-frequency channels, and those above, then below where there are any.
    /// - Parameter labels: Of ITU-R BS.2051: "M+030", "LFE1", "U-045". With any other the layout is their list.
    static func name(of labels: [String]) -> String {
        guard !labels.isEmpty else { return "none" }
        var (middle, low, upper, bottom) = (0, 0, 0, 0)
        for label in labels {
            switch label.prefix(1) {
            case _ where label.hasPrefix("LFE") || label.hasSuffix("LFE"): low += 1
            case "M": middle += 1
            case "U", "T": upper += 1
            case "B": bottom += 1
            default: return labels.joined(separator: " ")
            }
        }
        var numbers = [middle, low]
        if upper > 0 || bottom > 0 { numbers.append(upper) }
        if bottom > 0 { numbers.append(bottom) }
        return numbers.map(String.init).joined(separator: ".")
    }
}
