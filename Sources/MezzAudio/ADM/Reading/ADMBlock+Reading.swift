extension ADMBlock {
    init(_ element: ADMElement) {
        self.init()
        start = time(element["rtime"])
        duration = time(element["duration"])
        speakerLabels = element.texts("speakerLabel").map(Self.plainLabel)
        position = Self.position(element.all("position"), &unreadable)
    }

    private mutating func time(_ text: String?) -> ADMTime? {
        guard let text else { return nil }
        let time = ADMTime(text)
        if time == nil { note(text) }
        return time
    }

    private mutating func note(_ text: String) {
        if unreadable.count < 2 { unreadable.append(text) }
    }

    /// "urn:itu:bs:2051:0:speaker:M+030" is M+030.
    private static func plainLabel(_ label: String) -> String {
        String(label.split(separator: ":").last ?? Substring(label))
    }

    /// Coordinates without a bound are the values themselves; BS.2076-2 section 5.4.3.
    private static func position(_ elements: [ADMElement], _ unreadable: inout [String]) -> Position? {
        var values: [String: Double] = [:]
        for element in elements where element["bound"] == nil {
            guard let name = element["coordinate"] else { continue }
            guard let value = Double(element.trimmedText), value.isFinite else {
                if unreadable.count < 2 { unreadable.append(element.trimmedText) }
                continue
            }
            values[name] = value
        }
        if let azimuth = values["azimuth"] {
            return .polar(azimuth: azimuth, elevation: values["elevation"] ?? 0, distance: values["distance"] ?? 1)
        }
        if let x = values["X"] { return .cartesian(x: x, y: values["Y"] ?? 0, z: values["Z"] ?? 0) }
        return nil
    }
}
