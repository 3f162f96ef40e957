/// Durations of ISO 8601 as manifests use them: "PT1H2M3.5S", "P1DT2H".
enum Duration8601 {
    /// Seconds; `nil` for anything else, years and months among it, whose length is not fixed.
    static func seconds(_ text: String) -> Double? {
        guard text.utf8.count <= 64, text.hasPrefix("P") else { return nil }
        var total = 0.0
        var number = ""
        var isTime = false
        var parts = 0
        for character in text.dropFirst() {
            switch character {
            case "T" where !isTime && number.isEmpty: isTime = true
            case "0"..."9", ".": number.append(character)
            default:
                guard let unit = unit(character, isTime), let value = Double(number) else { return nil }
                total += value * unit
                number = ""
                parts += 1
            }
        }
        return number.isEmpty && parts > 0 && total.isFinite ? total : nil
    }

    private static func unit(_ character: Character, _ isTime: Bool) -> Double? {
        switch (character, isTime) {
        case ("D", false): 86_400
        case ("H", true): 3_600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }
}
