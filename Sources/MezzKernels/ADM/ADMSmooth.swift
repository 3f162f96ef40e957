/// The smooth bands that scales hand to the next: one plane per picture and scale, rows padded for whole vectors.
final class ADMSmooth: @unchecked Sendable {
    // Unchecked: each row is written by one item of a phase and read only in the next phase.

    private let memory: UnsafeMutableRawPointer
    private let layout: [(offset: Int, stride: Int)]
    private let pictureBytes: Int

    init(_ scales: [ADMScale], pictures: Int) {
        var offset = 0
        var layout: [(offset: Int, stride: Int)] = []
        for scale in scales.dropLast() {
            let stride = (scale.width * (scale.level == 0 ? 2 : 4) + 64 + 63) & ~63
            layout.append((offset, stride))
            offset += stride * scale.height
        }
        self.layout = layout
        pictureBytes = offset
        memory = .allocate(byteCount: offset * pictures, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: offset * pictures)
    }

    deinit { memory.deallocate() }

    func row(_ index: Int, level: Int, picture: Int) -> UnsafeMutableRawPointer {
        memory + picture * pictureBytes + layout[level].offset + index * layout[level].stride
    }
}
