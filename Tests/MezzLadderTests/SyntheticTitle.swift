import Foundation
import MezzLadder

/// A seeded generator (SplitMix64), so that property tests repeat.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A shot whose bitrate and VMAF are known at every resolution and CRF.
struct SyntheticShot {
    var index: Int
    var frames: Int
    /// Bits per second at 1280x720, CRF 28.
    var bps = 1_000_000.0
    /// 101 - VMAF at 1280x720, CRF 28.
    var loss = 8.0
    /// VMAF lost to scaling itself, per halving of the height.
    var detail = 8.0

    /// Bits halve every 6 CRF and fall with the 0.75th power of the samples.
    func bps(_ size: LadderResolution, _ crf: Double) -> Double {
        bps * pow(Double(size.pixels) / 921_600, 0.75) * exp2((28 - crf) / 6)
    }

    /// ln(101 - VMAF) is a line in CRF at full size; smaller pictures lose `detail` per octave at any CRF.
    func vmaf(_ size: LadderResolution, _ crf: Double) -> Double {
        let scaling = detail * max(0, log2(720 / Double(size.height)))
        return min(max(101 - scaling - loss * exp(0.09 * (crf - 28)), 0), 100)
    }

    func probes(_ sizes: [LadderResolution], _ crfs: [Double]) -> ShotProbes {
        let points = sizes.flatMap { size in crfs.map { point(size, $0) } }
        return ShotProbes(index: index, frames: frames, points: points)
    }

    func point(_ size: LadderResolution, _ crf: Double) -> ProbePoint {
        ProbePoint(resolution: size, crf: crf, bps: bps(size, crf), vmaf: vmaf(size, crf), frames: frames)
    }
}

/// Sizes and titles the suites share.
enum Synthetic {
    static let p270 = LadderResolution(width: 480, height: 270)
    static let p360 = LadderResolution(width: 640, height: 360)
    static let p540 = LadderResolution(width: 960, height: 540)
    static let p720 = LadderResolution(width: 1280, height: 720)
    static let p1080 = LadderResolution(width: 1920, height: 1080)
    static let sizes = [p270, p360, p540, p720]

    static func title(shots count: Int, seed: UInt64 = 1) -> [SyntheticShot] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            SyntheticShot(
                index: index, frames: Int.random(in: 24...240, using: &random),
                bps: exp(Double.random(in: 12...15, using: &random)),
                loss: Double.random(in: 2...25, using: &random), detail: Double.random(in: 2...14, using: &random))
        }
    }

    static func probes(
        shots count: Int, seed: UInt64 = 1, sizes: [LadderResolution] = sizes, crfs: [Double] = [18, 23, 28, 33, 38]
    ) -> [ShotProbes] {
        title(shots: count, seed: seed).map { $0.probes(sizes, crfs) }
    }

    /// VMAF pooled by the definition, written independently of the module.
    static func pooled(_ shots: [(frames: Int, vmaf: Double)], _ pooling: QualityPooling) -> Double {
        let frames = Double(shots.reduce(0) { $0 + $1.frames })
        switch pooling {
        case .mean: return shots.reduce(0) { $0 + Double($1.frames) * $1.vmaf } / frames
        case .harmonicMean: return frames / shots.reduce(0) { $0 + Double($1.frames) / ($1.vmaf + 1) } - 1
        }
    }
}
