import MezzFormats

/// The first byte says which manifest the rest is: DASH, an HLS master or an HLS playlist.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    let text = Array(bytes.dropFirst())
    switch bytes.first.map({ $0 % 3 }) {
    case 0: _ = try? MediaPresentation.read(text)
    case 1: _ = try? MasterPlaylist.read(text)
    case 2: _ = try? MediaPlaylist.read(text)
    default: break
    }
    return 0
}
