/// Rows of f32 numbers; whole vectors may be read and written beyond the end of a row.
final class SpEEDField: @unchecked Sendable {
    // Unchecked: one item makes it, uses it and drops it.

    typealias Lane = SIMD8<Float>

    let width: Int
    let height: Int
    private let pitch: Int
    private let memory: UnsafeMutablePointer<Float>

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pitch = (width + 23) & ~7
        memory = .allocate(capacity: pitch * height)
        memory.initialize(repeating: 0, count: pitch * height)
    }

    deinit { memory.deallocate() }

    @inline(__always)
    func row(_ index: Int) -> UnsafeMutablePointer<Float> { memory + index * pitch }

    @inline(__always)
    static func load(_ from: UnsafePointer<Float>) -> Lane {
        UnsafeRawPointer(from).loadUnaligned(as: Lane.self)
    }

    @inline(__always)
    static func store(_ value: Lane, _ to: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(to).storeBytes(of: value, as: Lane.self)
    }
}
