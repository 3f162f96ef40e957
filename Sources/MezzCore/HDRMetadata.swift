/// What a PQ title says about the display it was graded on and about its light, for displays that can do less (HDR10's
/// static metadata: SMPTE ST 2086, CTA-861.3).
package struct HDRMetadata: Hashable, Codable, Sendable {
    /// The mastering display.
    package struct Display: Hashable, Codable, Sendable {
        /// x and y of green, blue, red and the white point on the CIE 1931 plane, in units of 0.00002.
        package let points: [Int]
        /// In units of 0.0001 cd/m².
        package let maxLuminance: Int
        /// In units of 0.0001 cd/m².
        package let minLuminance: Int

        /// - Returns: `nil` for anything but eight coordinates on the plane, or a black that is not below the white.
        package init?(points: [Int], maxLuminance: Int, minLuminance: Int) {
            guard points.count == 8, points.allSatisfy({ (0...50_000).contains($0) }), minLuminance >= 0,
                maxLuminance > minLuminance, maxLuminance <= 100_000_000
            else { return nil }
            self.points = points
            self.maxLuminance = maxLuminance
            self.minLuminance = minLuminance
        }

        /// `G(x,y)B(x,y)R(x,y)WP(x,y)L(max,min)` in the units above, as x265 takes it and reports print it.
        package var text: String {
            let pairs = zip(["G", "B", "R", "WP"], 0..<4).map { "\($0)(\(points[2 * $1]),\(points[2 * $1 + 1]))" }
            return pairs.joined() + "L(\(maxLuminance),\(minLuminance))"
        }
    }

    /// Light levels in cd/m².
    package struct Light: Hashable, Codable, Sendable {
        /// MaxCLL, 0...65535; 0 where it is not known.
        package let max: Int
        /// MaxFALL, 0...65535; 0 where it is not known.
        package let average: Int

        package init?(max: Int, average: Int) {
            guard (0...65_535).contains(max), (0...65_535).contains(average) else { return nil }
            self.max = max
            self.average = average
        }
    }

    package var display: Display?
    package var light: Light?

    /// - Returns: `nil` when neither is given.
    package init?(display: Display?, light: Light?) {
        guard display != nil || light != nil else { return nil }
        self.display = display
        self.light = light
    }
}
