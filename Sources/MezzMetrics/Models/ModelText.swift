/// Reads the text that scripts/make-models writes; the script describes the form.
struct ModelText {
    /// One support vector machine: pairs of a row in the pool and a coefficient, in the order of its file.
    struct Machine {
        let gamma: Double
        let rho: Double
        let pool: Int
        let terms: [(row: Int, coefficient: Double)]
    }

    /// What a model's record says.
    struct Record {
        let name: String
        let machines: [Int]
        let features: [(name: String, options: [String: String])]
        let slopes: [Double]
        let intercepts: [Double]
        let clip: ClosedRange<Double>
        let chromaCorrection: Double
        let transform: ScoreTransform?
        /// Whether the transform applies without being asked for.
        let transformsAlways: Bool
    }

    /// Support vectors, each once: features per row, rows one after the other.
    private(set) var pools: [(features: Int, values: [Double])] = []
    private(set) var machines: [Machine] = []
    private(set) var records: [Record] = []
    private var words: ArraySlice<Substring>

    /// - Precondition: `text` was written by scripts/make-models.
    init(_ text: String) {
        words = text.utf8.split { $0 <= UInt8(ascii: " ") }.map { Substring($0) }[...]
        precondition(word() == "mezz-models" && word() == "1", "a text of another version")
        while let kind = words.popFirst() {
            switch kind {
            case "rows": readRows()
            case "svm": readMachine()
            default: readModel()
            }
        }
    }

    private mutating func readRows() {
        let features = integer()
        pools.append((features, numbers(features * integer())))
    }

    private mutating func readMachine() {
        let gamma = number()
        let rho = number()
        let count = integer()
        let terms = (0..<count).map { _ in (row: integer(), coefficient: number()) }
        machines.append(Machine(gamma: gamma, rho: rho, pool: pools.count - 1, terms: terms))
    }

    private mutating func readModel() {
        let name = String(word())
        let count = integer()
        let machines = (0..<count).map { _ in integer() }
        let features = integer()
        let inputs = (0..<features).map { _ in readFeature() }
        let slopes = numbers(features + 1)
        let intercepts = numbers(features + 1)
        let clip = numbers(2)
        let correction = number()
        let transform = readTransform()
        records.append(
            Record(
                name: name, machines: machines, features: inputs, slopes: slopes, intercepts: intercepts,
                clip: clip[0]...clip[1], chromaCorrection: correction, transform: transform.value,
                transformsAlways: transform.always))
    }

    private mutating func readFeature() -> (name: String, options: [String: String]) {
        precondition(word() == "feature")
        let name = String(word())
        let count = integer()
        let pairs = (0..<count).map { _ in word().split(separator: "=").map(String.init) }
        return (name, Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) }))
    }

    private mutating func readTransform() -> (value: ScoreTransform?, always: Bool) {
        precondition(word() == "transform")
        let use = word()
        var parts: [Substring] = []
        while let part = words.popFirst(), part != "end" { parts.append(part) }
        return (use == "none" ? nil : ScoreTransform(parts: parts), use == "always")
    }

    private mutating func word() -> Substring {
        guard let word = words.popFirst() else { preconditionFailure("the model text ends early") }
        return word
    }

    private mutating func integer() -> Int {
        let word = word()
        guard let value = Int(word) else { preconditionFailure("no count: \(word)") }
        return value
    }

    private mutating func number() -> Double {
        let word = word()
        guard let value = Double(word) else { preconditionFailure("no number: \(word)") }
        return value
    }

    private mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }
}
