import Foundation
import MezzPixels

/// One frame's way through all extractors on several threads.
///
/// Each extractor's phases follow each other; different extractors wait for nobody. A thread takes the next item of
/// the extractor that has the most left to do, by the time it took on frames before.
final class FrameWork: SharedWork, @unchecked Sendable {
    // Unchecked: `turn` guards all that changes.

    private let turn = NSCondition()
    private var chains: [Chain]
    private var open = 0
    private var reference: Picture?
    private var distorted: [Picture] = []

    /// Where one extractor stands. Steps: beginning, its phases, finishing.
    private struct Chain {
        let extractor: any FeatureExtractor
        var step = Chain.idle
        /// Items of the step that no thread has taken; items that are not done.
        var untaken = 0
        var undone = 0
        var items = 0
        /// Nanoseconds of work on the frame before, and on this one so far.
        var expected: UInt64 = 0
        var spent: UInt64 = 0
        var rows: [[Double]] = []

        static let idle = -1
        var finishing: Int { extractor.phases + 1 }
        var left: UInt64 { expected > spent ? expected - spent : 0 }
    }

    private struct Item {
        let chain: Int
        let step: Int
        let index: Int
    }

    init(_ extractors: [any FeatureExtractor]) {
        chains = extractors.map { Chain(extractor: $0) }
    }

    /// Sets up a frame for the extractors in `chosen`.
    func prepare(reference: Picture, distorted: [Picture], chosen: [Bool]) {
        turn.withLock {
            self.reference = reference
            self.distorted = distorted
            open = chosen.count { $0 }
            for index in chains.indices where chosen[index] {
                chains[index].spent = 0
                enter(step: 0, of: index)
            }
        }
    }

    /// The rows of each extractor, empty for those that were not chosen; lets go of the pictures.
    func takeRows() -> [[[Double]]] {
        turn.withLock {
            reference = nil
            distorted = []
            return chains.indices.map { index in
                let rows = chains[index].rows
                chains[index].rows = []
                if chains[index].step != Chain.idle { chains[index].expected = chains[index].spent }
                chains[index].step = Chain.idle
                return rows
            }
        }
    }

    func work() {
        while let item = take() {
            let start = DispatchTime.now().uptimeNanoseconds
            let rows = run(item)
            settle(item, rows, DispatchTime.now().uptimeNanoseconds - start)
        }
    }

    private func take() -> Item? {
        turn.withLock {
            while open > 0 {
                if let item = pick() { return item }
                turn.wait()
            }
            return nil
        }
    }

    private func pick() -> Item? {
        var best: Int?
        for index in chains.indices where chains[index].untaken > 0 {
            if let chosen = best, chains[chosen].left >= chains[index].left { continue }
            best = index
        }
        guard let best else { return nil }
        chains[best].untaken -= 1
        return Item(
            chain: best, step: chains[best].step, index: chains[best].items - 1 - chains[best].untaken)
    }

    private func run(_ item: Item) -> [[Double]] {
        let (extractor, pictures) = turn.withLock { (chains[item.chain].extractor, (reference, distorted)) }
        switch item.step {
        case 0:
            if let reference = pictures.0 { extractor.begin(reference: reference, distorted: pictures.1) }
        case extractor.phases + 1: return extractor.finish()
        default: extractor.run(phase: item.step - 1, item: item.index)
        }
        return []
    }

    private func settle(_ item: Item, _ rows: [[Double]], _ nanoseconds: UInt64) {
        turn.withLock {
            chains[item.chain].spent += nanoseconds
            chains[item.chain].undone -= 1
            guard chains[item.chain].undone == 0 else { return }
            if item.step == chains[item.chain].finishing {
                chains[item.chain].rows = rows
                open -= 1
            } else {
                enter(step: item.step + 1, of: item.chain)
            }
            turn.broadcast()
        }
    }

    /// Opens a step, or the next one that has items.
    private func enter(step: Int, of index: Int) {
        var step = step
        while true {
            let isInner = step > 0 && step < chains[index].finishing
            let items = isInner ? chains[index].extractor.items(in: step - 1) : 1
            chains[index].step = step
            chains[index].items = items
            chains[index].untaken = items
            chains[index].undone = items
            if items > 0 { return }
            step += 1
        }
    }
}
