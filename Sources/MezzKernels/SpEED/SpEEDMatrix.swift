/// 25 rows of f32 numbers, each padded to whole vectors.
final class SpEEDMatrix {
    typealias Lane = SIMD8<Float>

    static let side = 25
    /// Columns in vectors of 8.
    let vectors: Int
    private let memory: UnsafeMutablePointer<Lane>

    init(columns: Int = side) {
        vectors = (columns + 7) >> 3
        memory = .allocate(capacity: Self.side * vectors)
        memory.initialize(repeating: .zero, count: Self.side * vectors)
    }

    deinit { memory.deallocate() }

    @inline(__always)
    func lanes(_ row: Int) -> UnsafeMutablePointer<Lane> { memory + row &* vectors }

    @inline(__always)
    func row(_ row: Int) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(memory + row &* vectors).assumingMemoryBound(to: Float.self)
    }

    func copy(from other: SpEEDMatrix) { memory.update(from: other.memory, count: Self.side * vectors) }

    func setIdentity() {
        for index in 0..<Self.side { row(index)[index] = 1 }
    }

    /// Product with another matrix, inner index ascending.
    func times(_ other: SpEEDMatrix) -> SpEEDMatrix {
        let out = SpEEDMatrix(columns: other.vectors * 8)
        for index in 0..<Self.side {
            let (from, to) = (row(index), out.lanes(index))
            for vector in 0..<other.vectors {
                var sum = Lane.zero
                for inner in 0..<Self.side { sum += other.lanes(inner)[vector] * from[inner] }
                to[vector] = sum
            }
        }
        return out
    }
}
