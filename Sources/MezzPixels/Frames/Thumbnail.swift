/// The reduced picture on which frames are recognised and compared: planar YUV 4:2:0, 8 bit, 128×72, whatever the
/// source's shape. Index, encode and measurement all make it with the same filter, so equal source frames give
/// equal bytes.
package enum Thumbnail {
    package static let width = 128
    package static let height = 72
    package static let lumaBytes = width * height
    package static let bytes = lumaBytes * 3 / 2

    /// FFmpeg filters that make it.
    package static let filters = "scale=\(width):\(height):flags=bilinear,format=yuv420p"

    /// Like `filters`, luma alone.
    package static let lumaFilters = "scale=\(width):\(height):flags=bilinear,format=yuv420p,extractplanes=y"
}
