import MezzFormats

/// Boxes of a whole file, all its sample tables and fragments: samples lie in the file and do not add up to more.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    _ = try? MP4Dates.ranges(bytes)
    _ = try? SampleSizes.ofVideo(bytes)
    guard let file = try? MP4File.read(bytes) else { return 0 }
    _ = file.cmafFacts()
    for track in file.movie?.tracks ?? [] {
        guard let samples = try? TrackSamples.read(bytes, track: track.id).samples else { continue }
        precondition(samples.allSatisfy { $0.offset >= 0 && $0.bytes.upperBound <= count })
        precondition(samples.reduce(0) { $0 + Int($1.size) } <= count)
    }
    return 0
}
