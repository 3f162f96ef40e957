import MezzCore
import MezzFormats
import MezzQC

/// A whole MP4 file through the stream analyser: every finding has words, a remedy and a place in the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    let expectation = StreamExpectation(keyFrames: [0, 12], bucket: (200_000, 400_000))
    guard let (stream, findings) = try? StreamAnalyzer.analyze(bytes, name: "fuzz", expecting: expectation) else {
        return 0
    }
    precondition(findings.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty && $0.place.stream == "fuzz" })
    if let summary = StreamSummary(stream) { precondition(summary.peakBPS >= 0 && summary.frames >= 0) }
    return 0
}
