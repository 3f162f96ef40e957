/// A row that is all ones in the columns of the scoring window and 0 elsewhere, over the needed columns.
final class ADMWindow: @unchecked Sendable {
    // Unchecked: it is written by its initialiser only.

    let inside: UnsafePointer<Int32>
    private let memory: UnsafeMutablePointer<Int32>

    init(_ scale: ADMScale) {
        let count = scale.neededColumns.count
        let first = scale.columns.lowerBound - scale.neededColumns.lowerBound
        memory = .allocate(capacity: count + 16)
        memory.initialize(repeating: 0, count: count + 16)
        for column in 0..<scale.columns.count { memory[first + column] = -1 }
        inside = UnsafePointer(memory)
    }

    deinit { memory.deallocate() }
}
