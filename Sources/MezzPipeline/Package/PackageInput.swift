package import MezzCore
package import MezzPackaging

/// A file with finished encodes that goes into a package as it is.
package struct PackageInput: Sendable {
    package let path: String
    /// What is `nil` is as the file says.
    package let language: String?
    package let role: AudioRole?
    package let name: String?
    /// Whether it is the track to play when nobody chose; files mark all of theirs.
    package let isDefault: Bool

    package init(
        path: String, language: String? = nil, role: AudioRole? = nil, name: String? = nil, isDefault: Bool = false
    ) {
        self.path = path
        self.language = language
        self.role = role
        self.name = name
        self.isDefault = isDefault
    }
}

/// How finished encodes are packaged.
package struct PackageWish: Sendable {
    package var inputs: [PackageInput]
    package var texts: [(wish: TextWish, path: String)]
    package var segmentSeconds: Double
    package var layout: SegmentLayout
    /// Encrypts the package.
    package var keys: KeyRing?

    package init(
        inputs: [PackageInput], texts: [(wish: TextWish, path: String)] = [], segmentSeconds: Double = 4,
        layout: SegmentLayout = .onDemand, keys: KeyRing? = nil
    ) {
        self.inputs = inputs
        self.texts = texts
        self.segmentSeconds = segmentSeconds
        self.layout = layout
        self.keys = keys
    }
}
