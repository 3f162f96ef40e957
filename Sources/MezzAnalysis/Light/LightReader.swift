import Foundation
import Glibc
import MezzMedia

/// Measures frames as they come out of a pipe, on a thread of its own: one frame is in memory, and who writes waits.
final class LightReader: Sendable {
    struct Outcome: Sendable {
        let measurement: LightMeasurement
        /// Bytes of an unfinished last frame.
        let pendingBytes: Int
        let cpuSeconds: Double
    }

    private let input: any ByteInput
    private let format: LightFormat
    private let progress: @Sendable (Int) -> Void

    init(_ input: any ByteInput, format: LightFormat, progress: @escaping @Sendable (Int) -> Void) {
        self.input = input
        self.format = format
        self.progress = progress
    }

    /// Reads to the input's end; what came before an input failed or was cancelled counts.
    func run() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Outcome, Never>) in
                let thread = Thread { [self] in done.resume(returning: measureAll()) }
                thread.name = "mezz-light"
                thread.start()
            }
        } onCancel: {
            input.cancel()
        }
    }

    private func measureAll() -> Outcome {
        let frames = FrameLight(format)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: format.frameBytes, alignment: 64)
        defer { buffer.deallocate() }
        var count = 0
        while true {
            let read = (try? input.read(into: buffer)) ?? 0
            guard read == format.frameBytes else {
                return Outcome(
                    measurement: frames.measurement, pendingBytes: read, cpuSeconds: Self.cpuSeconds)
            }
            frames.add(UnsafeRawBufferPointer(buffer))
            count += 1
            if count % 32 == 0 { progress(count) }
        }
    }

    /// What the calling thread has cost.
    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
