import MezzFormats

/// A byte stream of HEVC: whatever it holds, its pictures account for no more bytes than there are.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    for framing in [NALFraming.startCodes, .lengths(4)] {
        guard var reader = try? HEVCStreamReader(), let pictures = try? reader.read(bytes, framing) else { continue }
        precondition(pictures.reduce(0) { $0 + $1.bytes.total } <= count)
        for sequence in reader.sequences.values {
            precondition(!sequence.profile.codecString(entry: "hvc1").isEmpty)
        }
    }
    return 0
}
