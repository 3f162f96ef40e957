/// How a store on S3 moves bytes.
package struct S3Settings: Sendable, Hashable {
    /// Amazon's limits ("Amazon S3 multipart upload limits").
    private static let (smallestPart, largestCount) = (5 << 20, 10_000)

    /// The size of a part in bytes; also the largest object that is sent in one piece.
    package let partSize: Int
    /// How many parts of an object move at once.
    package let lanes: Int

    package init(partSize: Int = 16 << 20, lanes: Int = 4) {
        self.partSize = max(partSize, Self.smallestPart)
        self.lanes = max(lanes, 1)
    }

    /// The size of parts of an object of `bytes`: whole MiB, and large enough that 10,000 parts suffice.
    package func partSize(for bytes: Int) -> Int {
        let least = (bytes + Self.largestCount - 1) / Self.largestCount
        return max(partSize, ((least + (1 << 20) - 1) >> 20) << 20)
    }
}
