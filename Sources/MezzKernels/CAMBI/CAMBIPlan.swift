import Foundation
import MezzPixels

/// What is to be done for one picture, phase by phase.
struct CAMBIPlan {
    enum Job {
        case prepare(rows: Range<Int>)
        case filter(pyramid: Int, rows: Range<Int>)
        /// The scales above the first.
        case reduce(pyramid: Int)
        case contrasts(run: Int, scale: Int, rows: Range<Int>, slot: Int)
        case pool(run: Int, scale: Int)
    }

    /// Variants with the same pictures and the same visible lumas.
    struct Run {
        let pyramid: Int
        let bins: CAMBIBins
        let luminance: Double
    }

    /// Full size, half size or both.
    let pyramids: [CAMBIGeometry]
    private(set) var reciprocals: [[Float]] = []
    private(set) var scratch: [CAMBIScratchStore] = []
    private(set) var runs: [Run] = []
    private(set) var runOfVariant: [Int] = []
    private(set) var jobs: [[Job]] = []
    private(set) var slots = 0
    /// Slots of each run's scales.
    private(set) var slotsOfScale: [[Range<Int>]] = []
    private let bands: Int

    init(variants: [CAMBIOptions], format: PictureFormat, bands: Int) {
        self.bands = bands
        let halved = variants.map { CAMBIGeometry.halves($0, width: format.width, height: format.height) }
        pyramids = [false, true].filter(halved.contains).map {
            CAMBIGeometry(width: format.width, height: format.height, halved: $0)
        }
        reciprocals = pyramids.map { CAMBIBins.reciprocals(window: $0.window) }
        scratch = pyramids.map { CAMBIScratchStore(width: $0.size(ofScale: 0).width, window: $0.window) }
        for (variant, halved) in zip(variants, halved) {
            let pyramid = pyramids.firstIndex { $0.halved == halved } ?? 0
            runOfVariant.append(run(pyramid: pyramid, luminance: variant.visibleLuminance))
        }
        planJobs(height: format.height)
    }

    private mutating func run(pyramid: Int, luminance: Double) -> Int {
        if let known = runs.firstIndex(where: { $0.pyramid == pyramid && $0.luminance == luminance }) { return known }
        runs.append(Run(pyramid: pyramid, bins: CAMBIBins(visibleLuminance: luminance), luminance: luminance))
        return runs.count - 1
    }

    private mutating func planJobs(height: Int) {
        let prepare = Self.split(height, into: bands).map { Job.prepare(rows: $0) }
        let filter = pyramids.indices.flatMap { pyramid in
            Self.split(pyramids[pyramid].size(ofScale: 0).height, into: bands).map {
                Job.filter(pyramid: pyramid, rows: $0)
            }
        }
        var firstScale = pyramids.indices.map { Job.reduce(pyramid: $0) }
        var others: [Job] = []
        for run in runs.indices {
            slotsOfScale.append([])
            firstScale += contrastJobs(run: run, scale: 0)
            for scale in 1..<CAMBIGeometry.scales { others += contrastJobs(run: run, scale: scale) }
        }
        let pool = runs.indices.flatMap { run in
            (0..<CAMBIGeometry.scales).map { Job.pool(run: run, scale: $0) }
        }
        jobs = [prepare, filter, firstScale, others, pool]
    }

    /// Each scale has a quarter of the work of the one before.
    private mutating func contrastJobs(run: Int, scale: Int) -> [Job] {
        let rows = pyramids[runs[run].pyramid].size(ofScale: scale).height
        let parts = Self.split(rows, into: max(1, bands >> (2 * scale)))
        let first = slots
        slots += parts.count
        slotsOfScale[run].append(first..<slots)
        return parts.indices.map { .contrasts(run: run, scale: scale, rows: parts[$0], slot: first + $0) }
    }

    /// Ranges of nearly equal length, none empty.
    private static func split(_ rows: Int, into bands: Int) -> [Range<Int>] {
        let count = min(max(bands, 1), rows)
        return (0..<count).map { rows * $0 / count..<rows * ($0 + 1) / count }
    }
}

/// Hands out memory for counting: as much as there are threads that count at the same time.
final class CAMBIScratchStore: @unchecked Sendable {
    // Unchecked: the lock guards `free`.

    private let width: Int
    private let window: Int
    private let lock = NSLock()
    private var free: [CAMBIScratch] = []

    init(width: Int, window: Int) {
        self.width = width
        self.window = window
    }

    func take() -> CAMBIScratch {
        lock.withLock { free.popLast() } ?? CAMBIScratch(width: width, window: window)
    }

    func give(_ scratch: CAMBIScratch) { lock.withLock { free.append(scratch) } }
}
