/// A plane of a picture, to read. Samples are `UInt8` at 8 bit and `UInt16` (host order) above.
package struct PlaneView: @unchecked Sendable {
    // Unchecked: it is written by one thread before it is shared, and only read after.

    /// First sample of the first row, aligned to 64 bytes.
    package let base: UnsafeMutableRawPointer
    /// Bytes from a row to the next, a multiple of 64; at least 64 bytes of each row lie behind its last sample, and
    /// may be read (their content means nothing).
    package let strideBytes: Int
    package let width: Int
    package let height: Int
    package let bitDepth: Int

    package init(base: UnsafeMutableRawPointer, strideBytes: Int, width: Int, height: Int, bitDepth: Int) {
        self.base = base
        self.strideBytes = strideBytes
        self.width = width
        self.height = height
        self.bitDepth = bitDepth
    }
}

/// A planar YUV picture in memory.
package final class Picture: @unchecked Sendable {
    // Unchecked: it is filled by its owner before it is shared, and only read after.

    package let format: PictureFormat
    /// Luma, then Cb and Cr where the format has them.
    package let planes: [PlaneView]
    private let memory: UnsafeMutableRawPointer

    /// Memory for a picture; its samples are 0.
    package init(format: PictureFormat) {
        self.format = format
        var offset = 0
        var layout: [(offset: Int, stride: Int, width: Int, height: Int)] = []
        for plane in 0..<format.chroma.planes {
            let size = format.size(ofPlane: plane)
            let stride = (size.width * format.sampleBytes + 64 + 63) & ~63
            layout.append((offset, stride, size.width, size.height))
            offset += stride * size.height
        }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: offset, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: offset)
        self.memory = memory
        planes = layout.map {
            PlaneView(
                base: memory + $0.offset, strideBytes: $0.stride, width: $0.width, height: $0.height,
                bitDepth: format.bitDepth)
        }
    }

    deinit { memory.deallocate() }

    /// Copies one picture from a raw file's bytes. Samples above the depth's largest value are clamped to it, so that
    /// hostile files cannot overflow a kernel.
    /// - Precondition: `bytes` holds `format.frameBytes`.
    package func fill(from bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == format.frameBytes)
        guard var from = bytes.baseAddress else { return }
        let largest = UInt16((1 << format.bitDepth) - 1)
        for plane in planes {
            let rowBytes = plane.width * format.sampleBytes
            for row in 0..<plane.height {
                let to = plane.base + row * plane.strideBytes
                to.copyMemory(from: from, byteCount: rowBytes)
                from += rowBytes
                if format.bitDepth > 8, format.bitDepth < 16 {
                    Self.clamp(to.assumingMemoryBound(to: UInt16.self), count: plane.width, largest: largest)
                }
            }
        }
    }

    /// Whole vectors may be clamped: the stride leaves room behind the row.
    private static func clamp(_ row: UnsafeMutablePointer<UInt16>, count: Int, largest: UInt16) {
        let limit = SIMD16<UInt16>(repeating: largest)
        let raw = UnsafeMutableRawPointer(row)
        for at in stride(from: 0, to: count, by: 16) {
            let place = raw + at * 2
            let values = place.load(as: SIMD16<UInt16>.self)
            place.storeBytes(of: pointwiseMin(values, limit), as: SIMD16<UInt16>.self)
        }
    }
}
