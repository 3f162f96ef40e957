import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels

/// Which compiled copy of the kernels runs. All give the same bits.
package enum KernelChoice: String, Sendable, CaseIterable {
    /// Runs on every processor.
    case baseline
    /// Needs AVX2 and its companions.
    case avx2

    /// What this processor runs fastest; the environment's `MEZZ_KERNELS` may name a copy that it can run.
    package static func best(environment: [String: String] = ProcessInfo.processInfo.environment) -> KernelChoice {
        choice(wanted: environment["MEZZ_KERNELS"], hasAVX2: processorHasAVX2)
    }

    /// The copies this processor can run.
    package static var available: [KernelChoice] { processorHasAVX2 ? [.baseline, .avx2] : [.baseline] }

    package static func choice(wanted: String?, hasAVX2: Bool) -> KernelChoice {
        guard hasAVX2 else { return .baseline }
        return wanted.flatMap(KernelChoice.init(rawValue:)) ?? .avx2
    }

    private static let processorHasAVX2: Bool = {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return false }
        return hasAVX2(processorInfo: text)
    }()

    /// Whether every instruction set that the second copy is compiled for is there, by the names of Linux.
    package static func hasAVX2(processorInfo: String) -> Bool {
        let lines = processorInfo.split(separator: "\n").lazy.filter { $0.hasPrefix("flags") }
        guard let flags = lines.first?.split(separator: ":").last else { return false }
        let found = Set(flags.split(separator: " "))
        return ["avx2", "bmi1", "bmi2", "abm", "f16c", "movbe"].allSatisfy { found.contains($0) }
    }

    func extractors(
        for requests: [FeatureRequest], format: PictureFormat, distorted: Int, bands: Int
    ) -> [any FeatureExtractor] {
        switch self {
        case .baseline:
            MezzKernels.Kernels.extractors(for: requests, format: format, distorted: distorted, bands: bands)
        case .avx2:
            MezzKernelsAVX2.Kernels.extractors(for: requests, format: format, distorted: distorted, bands: bands)
        }
    }

    /// Whether a feature can be measured with its options on pictures of this format.
    static func accepts(_ request: FeatureRequest, _ format: PictureFormat) -> Bool {
        MezzKernels.Kernels.accepts(request, format)
    }
}
