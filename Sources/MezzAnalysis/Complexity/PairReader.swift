import Foundation
import Glibc
import MezzMedia

/// Measures pairs as they come out of a pipe, on a thread of its own: two frames are in memory, and who writes waits.
final class PairReader: Sendable {
    struct Outcome: Sendable {
        let pairs: [PairMeasurement]
        let cpuSeconds: Double
    }

    private let input: any ByteInput
    private let sampling: PairSampling

    init(_ input: any ByteInput, sampling: PairSampling) {
        self.input = input
        self.sampling = sampling
    }

    /// Reads to the input's end; what came before an input failed or was cancelled counts.
    func run() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Outcome, Never>) in
                let thread = Thread { [self] in
                    let pairs = measureAll()
                    done.resume(returning: Outcome(pairs: pairs, cpuSeconds: Self.cpuSeconds))
                }
                thread.name = "mezz-pairs"
                thread.start()
            }
        } onCancel: {
            input.cancel()
        }
    }

    private func measureAll() -> [PairMeasurement] {
        let meter = PairMeter(sampling: sampling)
        let bytes = sampling.frameBytes
        let frames = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * bytes, alignment: 64)
        defer { frames.deallocate() }
        guard let base = frames.baseAddress?.bindMemory(to: UInt8.self, capacity: 2 * bytes) else { return [] }
        var pairs: [PairMeasurement] = []
        while true {
            let count = (try? input.read(into: frames)) ?? 0
            let frame = sampling.frame(ofPair: pairs.count)
            if count == frames.count {
                pairs.append(meter.measure(base, base + bytes, frame: frame))
                continue
            }
            // A title of one frame is compared with itself; elsewhere half a pair at the end is left out.
            if pairs.isEmpty, count == bytes { pairs.append(meter.measure(base, base, frame: frame)) }
            return pairs
        }
    }

    /// What the calling thread has cost.
    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
