/// Which frames of a reference and its encodes belong together.
package struct Alignment: Sendable, Hashable {
    /// Frames of the reference before the first that every encode has.
    package let reference: Int
    /// The same for each encode.
    package let distorted: [Int]

    /// - Parameter offsets: For each encode the frame of it that shows the reference's frame 0; negative when its
    ///   beginning is missing.
    package init(offsets: [Int]) {
        let reference = max(0, -(offsets.min() ?? 0))
        self.reference = reference
        distorted = offsets.map { reference + $0 }
    }

    /// Whether frames pair by number from the first on.
    package var isPlain: Bool { reference == 0 && distorted.allSatisfy { $0 == 0 } }
}
