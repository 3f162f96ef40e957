package import MezzPixels

/// Additive detail measure (adm2, its scales, AIM and adm3): how much of the reference's wavelet detail the encode
/// kept, as far as what it added does not mask it. One phase per scale.
package final class ADMExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: `begin` and `finish` are called alone; items of a phase write to rows and workspaces of their own.

    package let names: [String]
    package let followsTime = false
    package let phases = 4

    private let variants: [ADMOptions]
    private let used: [Int]
    private let pass: ADMPass
    private let workspaces: [ADMWorkspace]
    private var encodes: [PlaneView] = []
    private var reference: PlaneView?

    /// - Parameters:
    ///   - variants: Options that `refusal` has no objection to.
    ///   - format: Sides of at least `smallestSide`.
    package init(variants: [ADMOptions], format: PictureFormat, distorted: Int, bands: Int) {
        precondition(min(format.width, format.height) >= Self.smallestSide)
        self.variants = variants
        names = variants.flatMap(Self.names)
        let (units, used) = ADMUnit.units(of: variants)
        self.used = used
        pass = ADMPass(format: format, encodes: distorted, units: units)
        workspaces = (0..<max(1, bands)).map { _ in
            ADMWorkspace(width: format.width, encodes: distorted, units: units.count)
        }
    }

    package func begin(reference: Picture, distorted: [Picture]) {
        self.reference = reference.planes[0]
        encodes = distorted.map { $0.planes[0] }
        for workspace in workspaces { workspace.totals = pass.noTotals }
    }

    package func items(in phase: Int) -> Int { min(workspaces.count, pass.scales[phase].height) }

    package func run(phase: Int, item: Int) {
        guard let reference else { return }
        let height = pass.scales[phase].height
        let items = items(in: phase)
        let rows = (item * height / items)..<((item + 1) * height / items)
        pass.run(level: phase, rows: rows, pictures: [reference] + encodes, in: workspaces[item])
    }

    package func finish() -> [[Double]] {
        var totals = pass.noTotals
        for workspace in workspaces { totals &+= workspace.totals }
        let score = ADMScore(scales: pass.scales, totals: totals)
        let units = pass.units
        return encodes.indices.map { encode in
            zip(variants, used).flatMap { options, unit in
                score.values(of: options, unit: unit, weights: units[unit].weights, encode: encode)
            }
        }
    }
}
