/// Row buffers of one work item, used by one thread at a time.
final class ADMWorkspace {
    /// Bytes kept free before each row, for neighbours and whole vectors; at least as many lie behind.
    private static let margin = 128

    private let memory: UnsafeMutableRawPointer
    private let stride: Int
    /// Rows before those of the encodes' units.
    private static let shared = 3 + 7 + 7
    /// Rows of one weighed image: three bands and the threshold's centre twice, its surroundings three times.
    private static let perImage = 3 * 2 + 2 + 3
    private let units: Int
    var totals: ADMTotals

    /// - Parameter width: Of the picture.
    init(width: Int, encodes: Int, units: Int) {
        // Coefficients take twice the bytes with each halving at the first two scales: never above 2 · width.
        stride = (2 * width + 2 * Self.margin + 63) & ~63
        self.units = units
        let rows = Self.shared + encodes * units * 2 * Self.perImage
        memory = .allocate(byteCount: rows * stride, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: rows * stride)
        totals = ADMTotals(encodes: encodes, units: units)
    }

    deinit { memory.deallocate() }

    private func row<Sample>(_ index: Int, of type: Sample.Type = Sample.self) -> UnsafeMutablePointer<Sample> {
        (memory + index * stride + Self.margin).assumingMemoryBound(to: type)
    }

    private func rows<Sample>(from index: Int) -> ADMRows<Sample> {
        ADMRows(horizontal: row(index), vertical: row(index + 1), diagonal: row(index + 2))
    }

    /// Results of the columns' transform.
    func low<Sample>() -> UnsafeMutablePointer<Sample> { row(0) }
    func high<Sample>() -> UnsafeMutablePointer<Sample> { row(1) }
    /// Where a smooth row goes that another item keeps.
    func spare<Sample>() -> UnsafeMutablePointer<Sample> { row(2) }

    var fineReference: ADMFineReference {
        ADMFineReference(bands: rows(from: 3), reciprocals: rows(from: 6), energy: row(9))
    }

    var deepReference: ADMDeepReference {
        ADMDeepReference(bands: rows(from: 3), reciprocals: rows(from: 6), energy: row(9))
    }

    func distorted<Sample>() -> ADMRows<Sample> { rows(from: 10) }
    func restored<Sample>() -> ADMRows<Sample> { rows(from: 13) }
    func similar<Sample>() -> UnsafeMutablePointer<Sample> { row(16) }

    /// - Parameters:
    ///   - added: The image of added detail instead of the restored one.
    ///   - index: Of the row; two rows are kept, and three of `spread`.
    func weighed(encode: Int, unit: Int, added: Bool, row index: Int) -> ADMWeighedRow {
        let base = Self.shared + ((encode * units + unit) * 2 + (added ? 1 : 0)) * Self.perImage
        let even = base + (index & 1) * 4
        return ADMWeighedRow(
            horizontal: row(even), vertical: row(even + 1), diagonal: row(even + 2), spread: row(base + 8 + index % 3),
            own: row(even + 3))
    }
}
