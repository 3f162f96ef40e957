import Foundation
package import MezzPixels

/// SpEED of the chroma planes: how much the local entropies of encode and reference differ, on band-pass pictures of a
/// sixteenth of the size (libvmaf 3.2, feature `speed_chroma`).
package final class SpEEDExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: what `begin` sets is only read while items run, and each item writes a slot of its own.

    package let names: [String]
    package let followsTime = false
    package let phases = 1

    private let variants: [SpEEDOptions]
    private let reductions: [SpEEDReduction]
    /// For each variant its reduction, and the place of its noise among that reduction's.
    private let places: [(reduction: Int, noise: Int)]
    private let noises: [[Double]]
    private let most: Int
    private let slots: UnsafeMutableBufferPointer<SpEEDStatistics>
    private var reference: Picture?
    private var distorted: [Picture] = []

    /// - Precondition: `accepts(format, options)` for all variants.
    /// - Parameters:
    ///   - variants: Variants with the same prescale share their statistics.
    ///   - distorted: Most encodes given to `begin`.
    ///   - bands: Not needed: each plane of each picture is one item.
    package init(variants: [SpEEDOptions], format: PictureFormat, distorted: Int, bands: Int) {
        precondition(variants.allSatisfy { Self.accepts(format, $0) })
        self.variants = variants
        names = variants.flatMap(\.names)
        var prescales: [Double] = []
        var noises: [[Double]] = []
        places = variants.map { variant in
            let reduction = Self.place(of: variant.prescale, in: &prescales)
            if reduction == noises.count { noises.append([]) }
            return (reduction, Self.place(of: variant.noiseSigma, in: &noises[reduction]))
        }
        self.noises = noises
        let size = Self.chromaSize(format)
        reductions = prescales.map { SpEEDReduction(width: size.width, height: size.height, prescale: $0) }
        most = distorted
        slots = .allocate(capacity: prescales.count * 2 * (distorted + 1))
        slots.initialize(repeating: SpEEDStatistics())
    }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    package func begin(reference: Picture, distorted: [Picture]) {
        precondition(distorted.count <= most)
        self.reference = reference
        self.distorted = distorted
    }

    package func items(in phase: Int) -> Int { reductions.count * 2 * (distorted.count + 1) }

    package func run(phase: Int, item: Int) {
        let picture = item >> 1 % (distorted.count + 1)
        let reduction = item >> 1 / (distorted.count + 1)
        guard let from = picture == 0 ? reference : distorted[picture - 1] else { return }
        let small = reductions[reduction].bandPass(from.planes[1 + item & 1])
        slots[slot(reduction, picture, item & 1)] = SpEEDStatistics(small, noises: noises[reduction])
    }

    package func finish() -> [[Double]] {
        distorted.indices.map { picture in
            zip(variants, places).flatMap { variant, place in
                let planes = (0..<2).map { plane in
                    SpEEDScore(options: variant, noise: place.noise).score(
                        slots[slot(place.reduction, 0, plane)], slots[slot(place.reduction, picture + 1, plane)])
                }
                return SpEEDScore.combined(planes[0], planes[1]).map { min(Double($0), variant.maximum) }
            }
        }
    }

    private func slot(_ reduction: Int, _ picture: Int, _ plane: Int) -> Int {
        (reduction * (most + 1) + picture) * 2 + plane
    }

    private static func place(of value: Double, in list: inout [Double]) -> Int {
        if let known = list.firstIndex(of: value) { return known }
        list.append(value)
        return list.count - 1
    }
}

extension SpEEDExtractor {
    /// Rows and columns the chroma planes must have after the prescale.
    package static let smallestSide = 80
    /// Larger sides, and larger prescales, are refused.
    package static let largestSide = 32_768

    /// Whether a format has chroma, of a size inside the limits after the prescale.
    package static func accepts(_ format: PictureFormat, _ options: SpEEDOptions) -> Bool {
        guard format.chroma != .monochrome, (0.01...4).contains(options.prescale) else { return false }
        let size = chromaSize(format)
        let allowed = smallestSide...largestSide
        return [size.width, size.height].allSatisfy {
            $0 <= largestSide && allowed.contains(SpEEDReduction.scaled($0, by: options.prescale))
        }
    }

    /// As libvmaf has it: odd luma sides round down.
    static func chromaSize(_ format: PictureFormat) -> (width: Int, height: Int) {
        (format.width >> format.chroma.horizontalShift, format.height >> format.chroma.verticalShift)
    }
}

extension SpEEDOptions {
    /// libvmaf's names of the values with these options.
    var names: [String] {
        let standard = SpEEDOptions()
        var suffix = ""
        if maximum != standard.maximum { suffix += String(format: "_mxv_%g", maximum) }
        if noiseFloor != standard.noiseFloor { suffix += String(format: "_nnf_%g", noiseFloor) }
        if prescale != standard.prescale { suffix += String(format: "_ps_%g_psm_bilinear", prescale) }
        if noiseSigma != standard.noiseSigma { suffix += String(format: "_snn_%g", noiseSigma) }
        if weighting != standard.weighting { suffix += "_wvm_\(weighting)" }
        return ["u", "v", "uv"].map { "speed_chroma_\($0)\(suffix)" }
    }
}
