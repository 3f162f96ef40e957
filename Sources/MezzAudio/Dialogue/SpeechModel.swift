import Foundation

/// How likely a window holds speech, and music: a perceptron with one hidden layer.
///
/// Its numbers are made by `Benchmarks/speech/train.py`; what they were trained on and how well they do is told in
/// `docs/decisions`.
struct SpeechModel: Sendable {
    private let means: [Float]
    private let scales: [Float]
    private let hidden: [[Float]]
    private let output: [[Float]]

    static let trained = SpeechModel(text: speechModelText)

    /// - Parameter text: Numbers set apart by white space: the counts of inputs and hidden units, a mean and a factor
    ///   for each input, then for each hidden unit and for the two outputs their weights with the bias last.
    init?(text: String) {
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Float($0) }
        guard numbers.count >= 2, numbers[0] == Float(WindowStatistics.count), 1...256 ~= numbers[1] else { return nil }
        let (inputs, units) = (Int(numbers[0]), Int(numbers[1]))
        guard numbers.count == 2 + 2 * inputs + units * (inputs + 1) + 2 * (units + 1) else { return nil }
        var rest = numbers[2...]
        func take(_ count: Int) -> [Float] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        means = take(inputs)
        scales = take(inputs)
        hidden = (0..<units).map { _ in take(inputs + 1) }
        output = (0..<2).map { _ in take(units + 1) }
    }

    /// Probabilities of speech and of music; both may be high.
    func probabilities(_ vector: [Float]) -> (speech: Float, music: Float) {
        // Values far outside of what was trained on must not run away.
        let inputs = zip(vector, zip(means, scales)).map { value, norm in
            max(-5, min(5, (value - norm.0) * norm.1))
        }
        let units = hidden.map { tanh(Self.sum(inputs, $0)) }
        let results = output.map { 1 / (1 + exp(-Self.sum(units, $0))) }
        return (results[0], results[1])
    }

    private static func sum(_ values: [Float], _ weights: [Float]) -> Float {
        var sum = weights[values.count]
        for (value, weight) in zip(values, weights) { sum += value * weight }
        return sum
    }
}
