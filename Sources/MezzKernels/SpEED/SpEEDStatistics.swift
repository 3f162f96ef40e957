import Foundation

/// Variances and entropies of the blocks of one band-pass picture.
struct SpEEDStatistics {
    /// Whether the picture's covariances could not be inverted; then nothing else is set.
    private(set) var singular = true
    private(set) var variances: [Float] = []
    /// For each noise, of each block.
    private(set) var entropies: [[Float]] = []

    /// log2(2πe).
    static let entropyOfUnit = log2(2 * Double.pi * M_E)
    /// Eigenvalues and pivots below make a matrix singular.
    static let smallest = 1e-6

    init() {}

    init(_ picture: SpEEDField, noises: [Double]) {
        let covariance = SpEEDCovariance(picture).matrix()
        let eigenvalues = SpEEDEigenvalues(covariance).values
        if eigenvalues.contains(where: { Double($0) < Self.smallest }) { return }
        let columns = picture.width / 5
        let count = columns * (picture.height / 5)
        let blocks = Self.blocks(picture, columns: columns, count: count)
        guard let solution = SpEEDSolver(covariance).solution(blocks) else { return }
        singular = false
        variances = Self.variances(blocks, solution, count: count)
        entropies = noises.map { noise in
            variances.map { Self.entropy(eigenvalues, variance: $0, noise: Float(noise)) }
        }
    }

    /// Each block's 25 samples as a column.
    private static func blocks(_ picture: SpEEDField, columns: Int, count: Int) -> SpEEDMatrix {
        let blocks = SpEEDMatrix(columns: count)
        for place in 0..<25 {
            let to = blocks.row(place)
            for down in 0..<count / columns {
                let from = picture.row(5 * down + place / 5) + place % 5
                for across in 0..<columns { to[down &* columns &+ across] = from[5 &* across] }
            }
        }
        return blocks
    }

    private static func variances(_ blocks: SpEEDMatrix, _ solution: SpEEDMatrix, count: Int) -> [Float] {
        (0..<blocks.vectors).flatMap { vector -> [Float] in
            var sum = SIMD8<Float>.zero
            for place in 0..<25 { sum += solution.lanes(place)[vector] * blocks.lanes(place)[vector] / 25 }
            return (0..<min(8, count - vector * 8)).map { sum[$0] }
        }
    }

    private static func entropy(_ eigenvalues: [Float], variance: Float, noise: Float) -> Float {
        var entropy: Float = 0
        for value in eigenvalues {
            let spread = max(value, 0) * variance + noise
            entropy = Float(Double(entropy) + (log2(Double(spread)) + entropyOfUnit))
        }
        return entropy
    }
}
