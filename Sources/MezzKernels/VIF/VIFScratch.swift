/// Buffers of one work item, for a strip of columns.
final class VIFScratch: @unchecked Sendable {
    // Unchecked: one work item uses it at a time.

    typealias Block = UnsafeMutablePointer<SIMD8<UInt32>>

    /// Columns of a strip at most: rings of a few pictures fit the second-level cache.
    static let stripWidth = 384
    /// Columns a strip reads left and right of itself: the widest filter's reach.
    static let halo = 8
    /// Lines: mean, and upper and lower halves of two products.
    static let lineCount = 5
    /// Bytes from a line to the next, with room for whole vectors.
    static let lineBytes = (stripWidth + 64) * 2

    let reference: VIFRing
    let distorted: [VIFRing]
    /// First column of the first line.
    let lines: UnsafeMutableRawPointer
    /// Of the reference, for two rows.
    let means: [Block]
    let referenceVariances: [Block]
    let variances: Block
    let covariances: Block
    let distortedMeans: Block
    let sums: Block
    let keys: Block
    let limits: VIFLimits

    private let lineMemory: UnsafeMutableRawPointer
    private let vectors: Block

    init(pictures: Int, gainLimits: [Double]) {
        let columns = Self.stripWidth + 2 * Self.halo
        reference = VIFRing(columns: columns)
        distorted = (0..<pictures).map { _ in VIFRing(columns: columns) }
        lineMemory = .allocate(byteCount: Self.lineCount * Self.lineBytes, alignment: 64)
        lineMemory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.lineCount * Self.lineBytes)
        lines = lineMemory + 32
        let blocks = (Self.stripWidth + 2 * Self.halo) / 8
        let memory = Block.allocate(capacity: 9 * blocks)
        memory.initialize(repeating: SIMD8(), count: 9 * blocks)
        vectors = memory
        means = [memory, memory + blocks]
        referenceVariances = [memory + 2 * blocks, memory + 3 * blocks]
        variances = memory + 4 * blocks
        covariances = memory + 5 * blocks
        keys = memory + 6 * blocks
        distortedMeans = memory + 7 * blocks
        sums = memory + 8 * blocks
        limits = VIFLimits(gainLimits, blocks: blocks)
    }

    deinit {
        lineMemory.deallocate()
        vectors.deallocate()
    }
}
