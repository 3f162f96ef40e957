import Foundation
import Testing

/// libvmaf's own model file, read and computed the plain way: the twin of `Model`.
struct ModelFile {
    let slopes: [Double]
    let intercepts: [Double]
    private(set) var vectors: [[Double]] = []
    private var coefficients: [Double] = []
    private let gamma: Double
    private let rho: Double
    private let clip: [Double]
    private let transform: [String: Any]
    private let chromaCorrection: Double?

    init(_ path: String) throws {
        let text = try Data(contentsOf: URL(fileURLWithPath: path))
        let whole = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        let first = whole["0"] as? [String: Any] ?? whole
        let model = try #require(first["model_dict"] as? [String: Any])
        slopes = try #require(model["slopes"] as? [Double])
        intercepts = try #require(model["intercepts"] as? [Double])
        clip = try #require(model["score_clip"] as? [Double])
        transform = model["score_transform"] as? [String: Any] ?? [:]
        chromaCorrection = model["chroma_correction_parameter"] as? Double
        let lines = try #require(model["model"] as? String).split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "SV"))
        let value = { (key: String) in
            lines.prefix(start).first { $0.hasPrefix(key + " ") }.flatMap { Double($0.dropFirst(key.count + 1)) }
        }
        gamma = try #require(value("gamma"))
        rho = try #require(value("rho"))
        for line in lines.dropFirst(start + 1) {
            let cells = line.split(separator: " ")
            var vector = [Double](repeating: 0, count: slopes.count - 1)
            for cell in cells.dropFirst() {
                let pair = cell.split(separator: ":")
                vector[try #require(Int(pair[0])) - 1] = try #require(Double(pair[1]))
            }
            coefficients.append(try #require(Double(cells[0])))
            vectors.append(vector)
        }
    }

    /// Not for features whose chroma is exactly 0: there the correction would take part.
    func score(_ features: [Double], isPhone: Bool) -> Double {
        let x = features.indices.map { slopes[$0 + 1] * features[$0] + intercepts[$0 + 1] }
        var sum = -rho
        for (vector, coefficient) in zip(vectors, coefficients) {
            sum += coefficient * exp(-gamma * zip(x, vector).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
        }
        let raw = (sum - intercepts[0]) / slopes[0]
        var score = raw
        if isPhone || transform["enabled"] as? Bool == true {
            let part = { (key: String) in transform[key] as? Double ?? 0 }
            score = part("p0") + part("p1") * raw + part("p2") * raw * raw
            if transform["out_gte_in"] as? String == "true" { score = max(score, raw) }
        }
        return min(max(score, clip[0]), clip[1])
    }
}
