import Foundation
package import MezzPixels

/// Integer VIF as in libvmaf 3.2, four scales.
///
/// A phase is a scale; its items are bands of rows, which also make their rows of the next scale.
package final class VIFExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: `begin` and `finish` are not called while items run; items write to what belongs to their band alone.

    /// Each scale must be larger than its filter's reach: 2 samples at scale 3.
    package static let minimumSide = 16

    package let names: [String]
    package let followsTime = false
    package let phases = 4

    let gainLimits: [Double]
    let bands: Int
    let filters: [VIFFilter]
    let bitDepth: Int
    let table = VIFLogTable()
    let scratch: [VIFScratch]
    let referencePyramid: VIFPyramid
    let distortedPyramids: [VIFPyramid]
    private(set) var reference: Picture?
    private(set) var distorted: [Picture] = []
    /// By scale, then band.
    private let totals: UnsafeMutablePointer<VIFTotals>

    /// - Precondition: The format's sides are at least `minimumSide`.
    package init(variants: [VIFOptions], format: PictureFormat, distorted: Int, bands: Int) {
        precondition(min(format.width, format.height) >= Self.minimumSide && bands > 0)
        names = variants.flatMap { options in (0..<4).map { "integer_vif_scale\($0)\(options.suffix)" } }
        self.bands = bands
        filters = (0..<4).map { VIFFilter(scale: $0) }
        bitDepth = format.bitDepth
        let gainLimits = variants.map(\.gainLimit)
        self.gainLimits = gainLimits
        scratch = (0..<bands).map { _ in VIFScratch(pictures: distorted, gainLimits: gainLimits) }
        referencePyramid = VIFPyramid(width: format.width, height: format.height)
        distortedPyramids = (0..<distorted).map { _ in VIFPyramid(width: format.width, height: format.height) }
        totals = .allocate(capacity: 4 * bands)
        totals.initialize(
            repeating: VIFTotals(pictures: distorted, variants: variants.count), count: 4 * bands)
    }

    deinit {
        totals.deinitialize(count: 4 * bands)
        totals.deallocate()
    }

    package func begin(reference: Picture, distorted: [Picture]) {
        self.reference = reference
        self.distorted = distorted
    }

    package func items(in phase: Int) -> Int { bands }

    package func run(phase: Int, item: Int) {
        guard let band = VIFBand(self, scale: phase, band: item) else { return }
        (totals + phase * bands + item).pointee = band.run()
    }

    package func finish() -> [[Double]] {
        let variants = gainLimits.count
        let scales = (0..<4).map { scale in
            (0..<bands).reduce(into: VIFTotals(pictures: distorted.count, variants: variants)) {
                $0.add(totals[scale * bands + $1])
            }
        }
        reference = nil
        defer { distorted = [] }
        return distorted.indices.map { picture in
            (0..<variants).flatMap { variant in
                scales.map { $0.value(picture: picture, variant: variant, of: variants) }
            }
        }
    }

    /// A plane of the reference (`nil`) or of a distorted picture.
    func plane(scale: Int, picture: Int?) -> VIFPlane? {
        guard scale > 0 else {
            return (picture.map { distorted[$0] } ?? reference).map { VIFPlane($0.planes[0]) }
        }
        return (picture.map { distortedPyramids[$0] } ?? referencePyramid).planes[scale - 1]
    }
}

extension VIFOptions {
    /// libvmaf's suffix of feature names.
    var suffix: String { gainLimit == 100 ? "" : String(format: "_egl_%g", gainLimit) }
}
