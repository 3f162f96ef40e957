import Foundation

/// Entropies and variances of the blocks of one band-pass picture (sections 8.2 to 8.4).
struct PlainSpEEDStatistics {
    private(set) var entropies: [Float] = []
    private(set) var variances: [Float] = []
    private(set) var singular = false

    init(_ z: PlainField, noise: Float) {
        let height = z.height / 5 * 5
        let width = z.width / 5 * 5
        let covariance = Self.covariance(z, width: width - 4, height: height - 4)
        let eigenvalues = PlainEigenvalues(covariance).values
        singular = eigenvalues.contains { $0 < 1e-6 }
        let columns = width / 5
        let blocks = columns * (height / 5)
        let y = PlainField(width: blocks, height: 25) { a, block in
            z[5 * (block / columns) + a / 5, 5 * (block % columns) + a % 5]
        }
        var solution: PlainField?
        if !singular {
            solution = PlainLinearSystem(covariance).solution(y)
            singular = solution == nil
        }
        let x = solution ?? PlainField(width: blocks, height: 25) { _, _ in 0 }
        for block in 0..<blocks {
            let variance = (0..<25).reduce(Float(0)) { $0 + x[$1, block] * y[$1, block] / 25 }
            variances.append(variance)
            entropies.append(Self.entropy(eigenvalues, variance, noise))
        }
    }

    private static func entropy(_ eigenvalues: [Float], _ variance: Float, _ noise: Float) -> Float {
        var entropy: Float = 0
        for value in eigenvalues {
            let spread = max(value, 0) * variance + noise
            entropy = Float(Double(entropy) + (log2(Double(spread)) + log2(2 * Double.pi * M_E)))
        }
        return entropy
    }

    private static func covariance(_ z: PlainField, width: Int, height: Int) -> PlainField {
        let count = width * height
        let shifted = (0..<25).map { a in
            (0..<count).map { z[a / 5 + $0 / width, a % 5 + $0 % width] }
        }
        let centred = shifted.map { values in
            let mean = values.reduce(0, +) / Float(count)
            return values.map { Double($0) - Double(mean) }
        }
        return PlainField(width: 25, height: 25) { a, b in
            var sum = 0.0
            for i in 0..<count { sum += centred[a][i] * centred[b][i] }
            return Float(sum / Double(count))
        }
    }
}

/// Householder QR with full products (section 8.4).
struct PlainLinearSystem {
    private var q = PlainField(width: 25, height: 25) { $0 == $1 ? 1 : 0 }
    private let r: PlainField

    init(_ k: PlainField) {
        var z = k
        for step in 0..<24 {
            for i in 0..<25 {
                for j in 0..<25 where i < step || j < step { z[i, j] = i == j ? 1 : 0 }
            }
            var v = (0..<25).map { $0 < step ? 0 : z[$0, step] }
            v[step] += (k[step, step] < 0 ? -1 : 1) * Self.norm(v)
            let length = Self.norm(v)
            v = v.map { $0 / length }
            let reflection = PlainField(width: 25, height: 25) { (-2 * v[$0]) * v[$1] + ($0 == $1 ? 1 : 0) }
            z = Self.product(reflection, z)
            q = Self.product(reflection, q)
        }
        r = Self.product(q, k)
    }

    func solution(_ y: PlainField) -> PlainField? {
        let turned = Self.product(q, y)
        var x = y
        for i in stride(from: 24, through: 0, by: -1) {
            if abs(r[i, i]) < 1e-6 { return nil }
            for block in 0..<y.width {
                var t = turned[i, block]
                for k in i + 1..<max(25, i + 1) { t -= x[k, block] * r[i, k] }
                x[i, block] = t / r[i, i]
            }
        }
        return x
    }

    private static func norm(_ v: [Float]) -> Float {
        v.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    }

    private static func product(_ a: PlainField, _ b: PlainField) -> PlainField {
        PlainField(width: b.width, height: a.height) { row, column in
            (0..<a.width).reduce(Float(0)) { $0 + a[row, $1] * b[$1, column] }
        }
    }
}
