import MezzCore
package import MezzPixels

extension FeatureRequest {
    /// Whether the feature can be measured on pictures of this format.
    package func fits(_ format: PictureFormat) -> Bool { (try? check(format, for: names[0])) != nil }

    /// - Throws: `Failure` (`input`) when pictures of this format are too small for the feature or lack its planes.
    func check(_ format: PictureFormat, for user: String) throws(Failure) {
        if needsChroma, format.chroma == .monochrome {
            throw Failure(
                .input, what: "\(user) measures colour, and these pictures have none", place: format.pixelFormat,
                remedy: "choose a model of the v0.6.1 family")
        }
        let limit = smallestSize(format)
        if format.width < limit.width || format.height < limit.height {
            throw Self.tooSmall(format, user, "at least \(limit.width)x\(limit.height)")
        }
        if max(format.width, format.height) < limit.longerSide {
            throw Self.tooSmall(format, user, "one side of at least \(limit.longerSide)")
        }
        guard KernelChoice.accepts(self, format) else {
            throw Failure(
                .input, what: "\(user) cannot be measured on pictures of \(format.width)x\(format.height)",
                place: format.pixelFormat, remedy: "compare at a smaller size, or with other options")
        }
    }

    private static func tooSmall(_ format: PictureFormat, _ user: String, _ need: String) -> Failure {
        Failure(
            .input, what: "pictures of \(format.width)x\(format.height) are too small for \(user)",
            place: format.pixelFormat, remedy: "it needs \(need): compare at a larger size, or choose another model")
    }

    private var needsChroma: Bool {
        if case .speedChroma = self { return true }
        return false
    }

    /// Smallest picture that the feature is defined on.
    private func smallestSize(_ format: PictureFormat) -> (width: Int, height: Int, longerSide: Int) {
        switch self {
        case .motion: (3, 3, 3)
        // The filter of the coarsest of four scales reaches one sample to each side.
        case .vif: (16, 16, 16)
        // The bands of the fourth level must have two rows and columns.
        case .adm: (17, 17, 17)
        case .cambi: (1, 1, 216)
        case .speedChroma(let options): Self.smallestSize(options, format.chroma)
        case .psnr: (1, 1, 1)
        // The window is 11 samples wide.
        case .ssim: (11, 11, 11)
        // So it is on the fifth scale.
        case .msSSIM: (176, 176, 176)
        }
    }

    /// Chroma planes must have five rows and columns of blocks after the prescale and the reduction by 16.
    private static func smallestSize(
        _ options: SpEEDOptions, _ chroma: ChromaSubsampling
    ) -> (width: Int, height: Int, longerSide: Int) {
        // libvmaf rounds the scaled size to the nearest sample.
        let side = Int(((80 - 0.5) / options.prescale).rounded(.up))
        return (side << chroma.horizontalShift, side << chroma.verticalShift, 0)
    }
}
