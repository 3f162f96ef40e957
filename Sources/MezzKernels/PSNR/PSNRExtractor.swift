import Foundation
package import MezzPixels

/// PSNR of each plane from the exact mean squared error, as libvmaf's integer `psnr`.
package final class PSNRExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: between `begin` and `finish` each item writes its own part of `sums`.

    package let names: [String]
    package let followsTime = false
    package let phases = 1

    private let format: PictureFormat
    private let bands: Int
    private let distortedCount: Int
    /// Samples of each plane that count: odd luma sides round down, as libvmaf reads pictures.
    private let sizes: [(width: Int, height: Int)]
    /// By band, encode and plane.
    private let sums: UnsafeMutablePointer<UInt64>
    private let sumCount: Int
    private var reference: Picture?
    private var distorted: [Picture] = []

    /// - Parameters:
    ///   - distorted: Encodes scored with each reference frame.
    ///   - bands: Work items the frame is cut into.
    package init(format: PictureFormat, distorted: Int, bands: Int) {
        self.format = format
        self.bands = max(1, bands)
        distortedCount = distorted
        let chroma = (
            width: format.width >> format.chroma.horizontalShift, height: format.height >> format.chroma.verticalShift
        )
        // A picture one sample wide has no chroma that counts.
        let hasChroma = format.chroma != .monochrome && chroma.width > 0 && chroma.height > 0
        sizes = [(format.width, format.height)] + (hasChroma ? [chroma, chroma] : [])
        names = Array(["psnr_y", "psnr_cb", "psnr_cr"].prefix(sizes.count))
        sumCount = max(1, self.bands * distorted * sizes.count)
        sums = .allocate(capacity: sumCount)
        sums.initialize(repeating: 0, count: sumCount)
    }

    deinit { sums.deallocate() }

    package func begin(reference: Picture, distorted: [Picture]) {
        self.reference = reference
        self.distorted = distorted
    }

    package func items(in phase: Int) -> Int { bands }

    package func run(phase: Int, item: Int) {
        guard let reference else { return }
        for (encode, picture) in distorted.enumerated() {
            for (plane, size) in sizes.enumerated() {
                let rows = item * size.height / bands..<(item + 1) * size.height / bands
                sums[(item * distortedCount + encode) * sizes.count + plane] = SquaredError.sum(
                    reference.planes[plane], picture.planes[plane], width: size.width, rows: rows)
            }
        }
    }

    package func finish() -> [[Double]] {
        let result = distorted.indices.map { encode in
            sizes.indices.map { plane in decibels(squaredError(encode, plane), plane) }
        }
        reference = nil
        distorted = []
        return result
    }

    private func squaredError(_ encode: Int, _ plane: Int) -> UInt64 {
        (0..<bands).reduce(0) { $0 &+ sums[($1 * distortedCount + encode) * sizes.count + plane] }
    }

    /// 10·log10(peak² / mse), at most 6·depth + 12.
    private func decibels(_ squaredError: UInt64, _ plane: Int) -> Double {
        let peak = Double((1 << format.bitDepth) - 1)
        let mse = Double(squaredError) / Double(sizes[plane].width * sizes[plane].height)
        let ratio: Double = peak * peak / max(mse, 1e-16)
        let cap = Double(6 * format.bitDepth + 12)
        return min(10 * log10(ratio), cap)
    }
}
