import MezzFormats

/// A stream of AV1, cut before each temporal delimiter: state is carried from one unit to the next, past damaged ones.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    let delimiters = bytes.indices.dropLast().filter { $0 > 0 && bytes[$0] == 0x12 && bytes[$0 + 1] == 0 }
    var reader = AV1StreamReader()
    for (start, end) in zip([0] + delimiters, delimiters + [count]) {
        guard let unit = try? reader.read(bytes, start..<end) else { continue }
        precondition(unit.shownFrames <= unit.frames.count)
    }
    if let sequence = reader.sequence { precondition(sequence.codecString.hasPrefix("av01.")) }
    return 0
}
