import MezzMetrics
import MezzPixels
import Synchronization

/// An extractor that measures nothing: it gives scripted values and watches that the engine keeps the contract.
final class FakeExtractor: FeatureExtractor {
    let names: [String]
    let followsTime: Bool
    let phases: Int
    private let itemsPerPhase: Int
    private let script: [Double]
    private let watch: Mutex<Watch>

    private struct Watch {
        var frame = -1
        var phase = 0
        var done = 0
        var encodes = 0
        var scored = 0
        var faults: [String] = []
    }

    /// - Parameter script: The value that each feature has, by frame; later frames give the frame's number.
    init(
        _ request: FeatureRequest, followsTime: Bool = false, phases: Int = 2, items: Int = 3, script: [Double] = []
    ) {
        names = request.names
        self.followsTime = followsTime
        self.phases = phases
        itemsPerPhase = items
        self.script = script
        watch = Mutex(Watch())
    }

    /// What the engine did wrong.
    var faults: [String] { watch.withLock { $0.faults } }
    /// Frames that came with encodes, and all.
    var counts: (scored: Int, all: Int) { watch.withLock { ($0.scored, $0.frame + 1) } }

    func begin(reference: Picture, distorted: [Picture]) {
        watch.withLock {
            $0.frame += 1
            $0.phase = 0
            $0.done = 0
            $0.encodes = distorted.count
            if !distorted.isEmpty { $0.scored += 1 }
        }
    }

    /// The last of several phases has none, as an extractor's phase may.
    func items(in phase: Int) -> Int { phase > 0 && phase == phases - 1 ? 0 : itemsPerPhase }

    func run(phase: Int, item: Int) {
        watch.withLock {
            if phase != $0.phase || item >= itemsPerPhase { $0.faults.append("phase \(phase) during \($0.phase)") }
        }
        var x = 0.0
        for step in 0..<2_000 { x += Double(step).squareRoot() }
        watch.withLock {
            $0.done += x > 0 ? 1 : 0
            if $0.done == itemsPerPhase {
                $0.phase += 1
                $0.done = 0
            }
        }
    }

    func finish() -> [[Double]] {
        watch.withLock {
            if $0.done != 0 { $0.faults.append("finished in the middle of a phase") }
            let value = $0.frame < script.count ? script[$0.frame] : Double($0.frame)
            return (0..<max(1, followsTime ? 1 : $0.encodes)).map { encode in
                names.map { _ in value + Double(encode) * 0.25 }
            }
        }
    }
}
