import MezzPixels

/// A picture of one scale: the luma itself at scale 0, 16-bit samples (luma·256 of 8 bit) at the others.
struct VIFPlane: @unchecked Sendable {
    // Unchecked: it only points at memory whose owner keeps writers and readers apart.

    let base: UnsafeRawPointer
    let strideBytes: Int
    let width: Int
    let height: Int

    init(_ luma: PlaneView) {
        base = UnsafeRawPointer(luma.base)
        strideBytes = luma.strideBytes
        width = luma.width
        height = luma.height
    }

    init(base: UnsafeRawPointer, strideBytes: Int, width: Int, height: Int) {
        self.base = base
        self.strideBytes = strideBytes
        self.width = width
        self.height = height
    }

    /// A row; rows outside are reflected, those too far (only met by taps of 0) end at the border.
    func row(_ row: Int) -> UnsafeRawPointer {
        let wanted = abs(row)
        let reflected = wanted < height ? wanted : 2 * height - 2 - wanted
        return base + max(reflected, 0) * strideBytes
    }
}

/// Memory for scales 1…3 of one picture.
final class VIFPyramid: @unchecked Sendable {
    // Unchecked: bands write disjoint rows of a scale in one phase and read them in the next.

    /// Planes of scales 1…3.
    let planes: [VIFPlane]
    private let memory: UnsafeMutableRawPointer

    init(width: Int, height: Int) {
        var offsets = [0]
        var strides: [Int] = []
        for scale in 1...3 {
            // Kernels read whole vectors: 64 bytes of each row lie behind its last sample.
            let strideBytes = ((width >> scale) * 2 + 64 + 63) & ~63
            strides.append(strideBytes)
            offsets.append(offsets[scale - 1] + strideBytes * (height >> scale))
        }
        let bytes = offsets[3]
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        self.memory = memory
        planes = (1...3).map {
            VIFPlane(
                base: UnsafeRawPointer(memory + offsets[$0 - 1]), strideBytes: strides[$0 - 1], width: width >> $0,
                height: height >> $0)
        }
    }

    deinit { memory.deallocate() }

    /// Row of a scale, 1…3, to write.
    func row(_ row: Int, scale: Int) -> UnsafeMutableRawPointer {
        let plane = planes[scale - 1]
        return UnsafeMutableRawPointer(mutating: plane.base) + row * plane.strideBytes
    }
}
