/// Who will watch: how fast their networks and how tall their displays are.
///
/// Either `viewers` says both together, or `bandwidth` and `displays` say them apart and every display is assumed to
/// occur at every bandwidth alike. Shares are relative: they are divided by their sum.
package struct Audience: Hashable, Codable, Sendable {
    /// Viewers of one bandwidth.
    package struct Bandwidth: Hashable, Codable, Sendable {
        /// Throughput, kbit/s (1,000 bits per second).
        package let kbps: Double
        /// How many they are, above 0, in any unit.
        package let share: Double

        /// `share` viewers with `kbps`.
        package init(kbps: Double, share: Double) {
            self.kbps = kbps
            self.share = share
        }
    }

    /// Viewers of one display.
    package struct Display: Hashable, Codable, Sendable {
        /// Rows; no taller picture is sent there.
        package let height: Int
        /// How many they are, above 0, in any unit.
        package let share: Double

        /// `share` viewers with displays of `height` rows.
        package init(height: Int, share: Double) {
            self.height = height
            self.share = share
        }
    }

    /// Viewers of one bandwidth and one display.
    package struct Viewer: Hashable, Codable, Sendable {
        /// Throughput, kbit/s (1,000 bits per second).
        package let kbps: Double
        /// Rows of the display.
        package let height: Int
        /// How many they are, above 0, in any unit.
        package let share: Double

        /// `share` viewers with `kbps` and displays of `height` rows.
        package init(kbps: Double, height: Int, share: Double) {
            self.kbps = kbps
            self.height = height
            self.share = share
        }
    }

    /// Bandwidths, whatever the display; empty beside `viewers`.
    package let bandwidth: [Bandwidth]
    /// Displays, whatever the bandwidth; empty beside `viewers`, or when every display shows the tallest picture.
    package let displays: [Display]
    /// Bandwidths and displays together; empty beside `bandwidth`.
    package let viewers: [Viewer]
    /// How many rungs there may be; nil for the rules' number.
    package let rungs: Int?

    /// How many entries a table may have.
    package static let mostEntries = 10_000

    /// An audience whose bandwidths and displays are independent; without displays all show the tallest picture.
    package init(bandwidth: [Bandwidth], displays: [Display] = [], rungs: Int? = nil) {
        self.bandwidth = bandwidth
        self.displays = displays
        viewers = []
        self.rungs = rungs
    }

    /// An audience of `viewers`.
    package init(viewers: [Viewer], rungs: Int? = nil) {
        bandwidth = []
        displays = []
        self.viewers = viewers
        self.rungs = rungs
    }
}

extension Audience {
    private enum Key: String, CodingKey, CaseIterable {
        case bandwidth
        case displays
        case viewers
        case rungs
    }

    /// Any key, so that unknown ones are seen.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads `{"bandwidth": …, "displays": …, "rungs": …}` or `{"viewers": …, "rungs": …}`; a key with another name is
    /// an error, since a table that is overlooked would change the ladder unseen.
    package init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where Key(rawValue: key.stringValue) == nil {
            let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(codingPath: [key], debugDescription: "\(key.stringValue) is not one of \(known)"))
        }
        let container = try decoder.container(keyedBy: Key.self)
        bandwidth = try container.decodeIfPresent([Bandwidth].self, forKey: .bandwidth) ?? []
        displays = try container.decodeIfPresent([Display].self, forKey: .displays) ?? []
        viewers = try container.decodeIfPresent([Viewer].self, forKey: .viewers) ?? []
        rungs = try container.decodeIfPresent(Int.self, forKey: .rungs)
    }

    /// Writes what `init(from:)` reads, without empty tables.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !bandwidth.isEmpty { try container.encode(bandwidth, forKey: .bandwidth) }
        if !displays.isEmpty { try container.encode(displays, forKey: .displays) }
        if !viewers.isEmpty { try container.encode(viewers, forKey: .viewers) }
        try container.encodeIfPresent(rungs, forKey: .rungs)
    }
}
