/// What a stream must be besides valid; all of it may be unknown.
package struct StreamExpectation: Hashable, Sendable {
    /// Frames at which a closed group of pictures begins, ascending.
    package var keyFrames: [Int]?
    /// The leaky bucket that the encoder was given: bits a second, and bits.
    package var bucket: (rate: Int, bits: Int)? {
        get { rate.flatMap { rate in bits.map { (rate, $0) } } }
        set { (rate, bits) = (newValue?.rate, newValue?.bits) }
    }
    private var rate: Int?
    private var bits: Int?
    /// How often the average rate any two seconds may take.
    package var peak: Double
    /// Whether the container must repeat the HDR figures of the stream.
    package var boxesHDR: Bool

    package init(
        keyFrames: [Int]? = nil, bucket: (rate: Int, bits: Int)? = nil, peak: Double = 2, boxesHDR: Bool = false
    ) {
        self.keyFrames = keyFrames
        rate = bucket?.rate
        bits = bucket?.bits
        self.peak = peak
        self.boxesHDR = boxesHDR
    }
}
