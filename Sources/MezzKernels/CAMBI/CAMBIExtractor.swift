import Foundation
package import MezzPixels

/// Banding index of the encodes (libvmaf 3.2, feature `cambi`); the reference is not looked at.
package final class CAMBIExtractor: FeatureExtractor, @unchecked Sendable {
    // Unchecked: what `begin` sets is only read while items run, and each item writes memory of its own.

    package let names: [String]
    package let followsTime = false

    private let variants: [(run: Int, maximum: Double)]
    private let plan: CAMBIPlan
    private let workspaces: [CAMBIWorkspace]
    private var pictures: [Picture] = []

    /// - Precondition: `accepts(format)`.
    /// - Parameters:
    ///   - variants: Variants share what does not depend on their options.
    ///   - distorted: Most encodes given to `begin`.
    ///   - bands: Work items of a picture and phase.
    package init(variants: [CAMBIOptions], format: PictureFormat, distorted: Int, bands: Int) {
        precondition(Self.accepts(format))
        names = variants.map(\.name)
        let plan = CAMBIPlan(variants: variants, format: format, bands: bands)
        self.plan = plan
        self.variants = zip(variants, plan.runOfVariant).map { ($1, $0.maximum) }
        workspaces = (0..<distorted).map { _ in CAMBIWorkspace(plan: plan) }
    }

    package var phases: Int { plan.jobs.count }

    package func begin(reference: Picture, distorted: [Picture]) {
        precondition(distorted.count <= workspaces.count)
        pictures = distorted
    }

    package func items(in phase: Int) -> Int { plan.jobs[phase].count * pictures.count }

    package func run(phase: Int, item: Int) {
        let picture = item % pictures.count
        let job = plan.jobs[phase][item / pictures.count]
        workspaces[picture].run(job, picture: pictures[picture])
    }

    package func finish() -> [[Double]] {
        pictures.indices.map { picture in
            variants.map { min(workspaces[picture].score(run: $0.run), $0.maximum) }
        }
    }
}

extension CAMBIOptions {
    /// libvmaf's name of the feature with these options.
    var name: String {
        var name = "cambi"
        if let rows = halfSizeFrom { name += "_hrs_\(rows)" }
        if maximum != CAMBIOptions().maximum { name += String(format: "_cmxv_%g", maximum) }
        if visibleLuminance != 0 { name += String(format: "_vlt_%g", visibleLuminance) }
        return name
    }
}
