import Foundation

/// Support vector regression with a Gaussian kernel (nu-SVR, as libsvm predicts it). Machines that share support
/// vectors, such as the members of a bootstrap collection, share the kernel's values.
struct Regression: Sendable {
    private let features: Int
    private let gamma: Double
    /// Support vectors that any machine uses, one after the other.
    private let vectors: [Double]
    private let machines: [Machine]

    private struct Machine: Sendable {
        let rho: Double
        /// Index into the kernel's values and coefficient, in the order of the model file: sums depend on it.
        let terms: [(vector: Int, coefficient: Double)]
    }

    /// - Precondition: The machines are of one pool and one gamma.
    init(_ machines: [ModelText.Machine], pool: (features: Int, values: [Double])) {
        precondition(Set(machines.map(\.gamma)).count == 1 && Set(machines.map(\.pool)).count == 1)
        features = pool.features
        gamma = machines[0].gamma
        let used = Set(machines.flatMap { $0.terms.map(\.row) }).sorted()
        let place = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        vectors = used.flatMap { pool.values[$0 * pool.features..<($0 + 1) * pool.features] }
        self.machines = machines.map { machine in
            Machine(rho: machine.rho, terms: machine.terms.map { (place[$0.row] ?? 0, $0.coefficient) })
        }
    }

    /// What each machine says of one frame's normalised features.
    func predict(_ x: [Double]) -> [Double] {
        let kernel = kernelValues(x)
        return kernel.withUnsafeBufferPointer { kernel in
            machines.map { machine in
                var sum = 0.0
                for term in machine.terms { sum += term.coefficient * kernel[term.vector] }
                return sum - machine.rho
            }
        }
    }

    private func kernelValues(_ x: [Double]) -> [Double] {
        let count = vectors.count / features
        return [Double](unsafeUninitializedCapacity: count) { values, initialized in
            x.withUnsafeBufferPointer { x in
                vectors.withUnsafeBufferPointer { vectors in
                    for vector in 0..<count {
                        var squares = 0.0
                        for feature in 0..<features {
                            let difference = x[feature] - vectors[vector &* features &+ feature]
                            squares += difference * difference
                        }
                        values[vector] = exp(-gamma * squares)
                    }
                }
            }
            initialized = count
        }
    }
}
