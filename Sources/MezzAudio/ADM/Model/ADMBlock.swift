/// One audioBlockFormat: a channel's place for a while (BS.2076-2 section 5.4).
package struct ADMBlock: Sendable {
    /// Coordinates, whichever the block gives.
    package enum Position: Hashable, Sendable {
        /// Degrees to the left and up; distance 1 is on the sphere of the loudspeakers.
        case polar(azimuth: Double, elevation: Double, distance: Double)
        /// Right, front and up, each −1…1.
        case cartesian(x: Double, y: Double, z: Double)
    }

    /// Since the object's start; `nil` when not given, which means 0 and "as long as the object".
    package var start: ADMTime?
    package var duration: ADMTime?
    package var position: Position?
    /// "M+030", without the URN that may stand before it.
    package var speakerLabels: [String] = []
    /// Times or numbers that cannot be read, as they were written; two are kept.
    package var unreadable: [String] = []

    package init() {}

    /// Whether all coordinates are within what BS.2076-2 allows.
    package var isWithinRange: Bool {
        switch position {
        case .polar(let azimuth, let elevation, let distance):
            -180...180 ~= azimuth && -90...90 ~= elevation && 0...1 ~= distance
        case .cartesian(let x, let y, let z):
            [x, y, z].allSatisfy { -1...1 ~= $0 }
        case nil: true
        }
    }
}
