import Foundation
package import MezzPixels

/// `float_ssim` and `float_ms_ssim` of luma, which share what they have in common.
///
/// Phases: luma as `Float` and SSIM's own size; four halvings (multi-scale only); filters and terms of every level.
package final class SSIMExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: items of a phase write rows, sums and scratch memory of their own.

    /// Shortest side for `float_ssim`: the filter's length.
    package static let minimumSide = 11
    /// Shortest side for `float_ms_ssim`: four halvings leave the filter's length.
    package static let minimumSideMultiScale = 176

    package let names: [String]
    package let followsTime = false
    package var phases: Int { wantsMultiScale ? 6 : 2 }

    private let wantsSSIM: Bool
    private let wantsMultiScale: Bool
    private let bands: Int
    private let factor: Int
    /// Five for multi-scale, then SSIM's own size unless that is the first.
    private let levels: [SSIMLevel]
    /// The level whose terms make SSIM.
    private let ssimLevel: Int
    private let scratch: [Scratch]
    /// By level, band and encode.
    private let rowSums: [UnsafeMutablePointer<SIMD4<Double>>]
    private let distortedCount: Int
    private var pictures: [Picture] = []

    private struct Scratch {
        let scanner: SSIMScanner
        let lowPass: LowPass.Scratch
        let columns: UnsafeMutablePointer<Double>
    }

    /// - Parameters:
    ///   - distorted: Encodes scored with each reference frame.
    ///   - bands: Work items a phase is cut into.
    /// - Precondition: The picture has the minimum side of what is wanted.
    package init(wantsSSIM: Bool, wantsMultiScale: Bool, format: PictureFormat, distorted: Int, bands: Int) {
        precondition(
            min(format.width, format.height) >= (wantsMultiScale ? Self.minimumSideMultiScale : Self.minimumSide))
        self.wantsSSIM = wantsSSIM
        self.wantsMultiScale = wantsMultiScale
        self.bands = max(1, bands)
        distortedCount = distorted
        names = (wantsSSIM ? ["float_ssim"] : []) + (wantsMultiScale ? ["float_ms_ssim"] : [])
        factor = BoxReduction.factor(width: format.width, height: format.height)
        let sizes = Self.sizes(format, factor, wantsSSIM, wantsMultiScale)
        levels = sizes.map { SSIMLevel(width: $0.width, height: $0.height, distorted: distorted) }
        ssimLevel = wantsMultiScale && factor == 1 ? 0 : sizes.count - 1
        let widest = sizes.map(\.width).max() ?? 0
        scratch = (0..<self.bands).map { _ in
            Scratch(
                scanner: SSIMScanner(width: widest, distorted: distorted), lowPass: LowPass.Scratch(width: widest),
                columns: .allocate(capacity: format.width + 16))
        }
        rowSums = levels.map {
            let count = max(1, $0.validHeight * distorted)
            let sums = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: count)
            sums.initialize(repeating: .zero, count: count)
            return sums
        }
    }

    deinit {
        for item in scratch { item.columns.deallocate() }
        for sums in rowSums { sums.deallocate() }
    }

    private static func sizes(
        _ format: PictureFormat, _ factor: Int, _ wantsSSIM: Bool, _ wantsMultiScale: Bool
    ) -> [(width: Int, height: Int)] {
        var sizes: [(width: Int, height: Int)] = []
        if wantsMultiScale {
            var (width, height) = (format.width, format.height)
            for _ in 0..<MultiScale.levels {
                sizes.append((width, height))
                (width, height) = (LowPass.halved(width), LowPass.halved(height))
            }
        }
        if wantsSSIM, !wantsMultiScale || factor > 1 {
            sizes.append(
                (BoxReduction.reduced(format.width, by: factor), BoxReduction.reduced(format.height, by: factor)))
        }
        return sizes
    }

    package func begin(reference: Picture, distorted: [Picture]) { pictures = [reference] + distorted }

    package func items(in phase: Int) -> Int { bands }

    package func run(phase: Int, item: Int) {
        switch phase {
        case 0: convert(item)
        case phases - 1: measure(item)
        default: halve(to: phase, item)
        }
    }

    private func convert(_ item: Int) {
        let wantsFull = wantsMultiScale || factor == 1
        for (number, picture) in pictures.enumerated() {
            let luma = picture.planes[0]
            if wantsFull {
                let target = levels[0].plane(number)
                for row in bandRows(item, of: bands, height: target.height) {
                    LumaRow(luma, row: row).convert(to: target.row(row), count: target.width)
                }
            }
            if wantsSSIM, factor > 1 {
                let target = levels[ssimLevel].plane(number)
                BoxReduction(factor: factor).run(
                    luma, to: target, rows: bandRows(item, of: bands, height: target.height),
                    columns: scratch[item].columns)
            }
        }
    }

    private func halve(to level: Int, _ item: Int) {
        for picture in pictures.indices {
            let target = levels[level].plane(picture)
            LowPass.run(
                levels[level - 1].plane(picture), to: target,
                rows: bandRows(item, of: bands, height: target.height), scratch: scratch[item].lowPass)
        }
    }

    private func measure(_ item: Int) {
        let encodes = max(0, pictures.count - 1)
        for (number, level) in levels.enumerated() {
            let sums = rowSums[number]
            let width = level.validWidth
            scratch[item].scanner.scan(
                level, rows: bandRows(item, of: bands, height: level.validHeight), encodes: 0..<encodes
            ) { row, encode, similarity in
                sums[row * encodes + encode] = similarity.sum(count: width)
            }
        }
    }

    package func finish() -> [[Double]] {
        let result = (0..<max(0, pictures.count - 1)).map { encode in
            var values: [Double] = []
            if wantsSSIM { values.append(Double(means(ssimLevel, encode, wanted: [false, false, false, true])[3])) }
            if wantsMultiScale {
                values.append(
                    MultiScale.score(
                        (0..<MultiScale.levels).map { level in
                            means(level, encode, wanted: [level == MultiScale.levels - 1, true, true, false])
                        }))
            }
            return values
        }
        pictures = []
        return result
    }

    /// Means of a level's terms and of their product.
    private func means(_ number: Int, _ encode: Int, wanted: [Bool]) -> SIMD4<Float> {
        let level = levels[number]
        let count = level.validWidth * level.validHeight
        let encodes = pictures.count - 1
        let sum = (0..<level.validHeight).reduce(SIMD4<Double>.zero) { $0 + rowSums[number][$1 * encodes + encode] }
        if let means = OrderedMean.means(sum, count: count, wanted: wanted) { return means }
        return OrderedMean.exact(sumInOrder(level, encode), count: count)
    }

    private func sumInOrder(_ level: SSIMLevel, _ encode: Int) -> SIMD4<Double> {
        var total = SIMD4<Double>.zero
        scratch[0].scanner.scan(level, rows: 0..<level.validHeight, encodes: encode..<encode + 1) { _, _, similarity in
            similarity.addInOrder(count: level.validWidth, to: &total)
        }
        return total
    }
}
