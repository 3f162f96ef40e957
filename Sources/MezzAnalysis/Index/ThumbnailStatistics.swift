import MezzPixels

/// Turns the stream of thumbnails into index entries.
struct ThumbnailStatistics {
    private var previous: [UInt8] = []

    mutating func entry(for thumbnail: UnsafeRawBufferPointer) -> FrameIndex.Entry {
        let luma = UnsafeRawBufferPointer(rebasing: thumbnail.prefix(Thumbnail.lumaBytes))
        let (mean, deviation) = Self.moments(luma)
        let change = previous.isEmpty ? 0 : previous.withUnsafeBytes { Self.change($0, thumbnail) }
        previous.removeAll(keepingCapacity: true)
        previous.append(contentsOf: thumbnail)
        return FrameIndex.Entry(
            hash: FrameHash.of(thumbnail), fingerprint: Fingerprint(luma: luma), lumaMean: mean,
            lumaDeviation: deviation, change: change)
    }

    private static func moments(_ luma: UnsafeRawBufferPointer) -> (mean: Float, deviation: Float) {
        var sum = 0
        var squares = 0
        for value in luma {
            sum += Int(value)
            squares += Int(value) * Int(value)
        }
        let mean = Double(sum) / Double(luma.count)
        let variance = max(0, Double(squares) / Double(luma.count) - mean * mean)
        return (Float(mean), Float(variance.squareRoot()))
    }

    /// Mean absolute difference of luma plus half of that of each chroma plane, in code values.
    static func change(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Float {
        let luma = absoluteDifference(a, b, 0..<Thumbnail.lumaBytes)
        let chroma = absoluteDifference(a, b, Thumbnail.lumaBytes..<Thumbnail.bytes)
        // Both chroma planes together hold half as many samples as the luma plane: their sum over the luma count is
        // already half of each plane's mean, added.
        return Float(luma + chroma * 2) / Float(Thumbnail.lumaBytes)
    }

    private static func absoluteDifference(
        _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, _ range: Range<Int>
    ) -> Int {
        var sums = SIMD16<UInt32>.zero
        var offset = range.lowerBound
        while offset + 16 <= range.upperBound {
            let x = a.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
            let y = b.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
            let difference = pointwiseMax(x, y) &- pointwiseMin(x, y)
            sums &+= SIMD16<UInt32>(truncatingIfNeeded: difference)
            offset += 16
        }
        return (0..<16).reduce(0) { $0 + Int(sums[$1]) }
    }
}
