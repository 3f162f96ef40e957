package import MezzCore
package import MezzPixels

/// A VMAF model: from the features of a frame to its score, or to the scores of a bootstrap collection.
package struct Model: Sendable {
    /// The published name, with `:phone` behind it when the transform for small screens applies.
    package let name: String
    /// What its scores are called in logs; the name unless the caller sets another one.
    package var scoreName: String
    let inputs: [Input]
    let slopes: [Double]
    let intercepts: [Double]
    let chromaCorrection: ChromaCorrection?
    let regression: Regression
    /// Members behind the first: the bootstrap collection.
    let members: Int
    let transform: ScoreTransform?
    let clip: ClosedRange<Double>

    /// One feature that the model reads.
    struct Input: Sendable {
        let request: FeatureRequest
        /// Its name in logs.
        let name: String
    }

    /// - Parameters:
    ///   - name: A name of `knownNames`.
    ///   - motion: Which release's motion to score with.
    /// - Throws: `Failure` (`usage`) for an unknown name; it lists the known ones.
    package init(named name: String, motion: MotionOptions.Arithmetic = .release32) throws(Failure) {
        let isPhone = name.hasSuffix(Self.phone)
        let published = isPhone ? String(name.dropLast(Self.phone.count)) : name
        guard let record = ModelCatalog.record(published), !isPhone || record.hasPhoneVariant,
            let inputs = Self.inputs(of: record, motion)
        else {
            throw Failure(
                .usage, what: "no VMAF model has this name", place: name.printable,
                remedy: "choose one of " + Self.knownNames.joined(separator: ", "))
        }
        self.name = name
        scoreName = isPhone ? published + "_phone" : published
        self.inputs = inputs
        slopes = record.slopes
        intercepts = record.intercepts
        chromaCorrection = ChromaCorrection(record)
        regression = ModelCatalog.regression(of: record)
        members = record.machines.count - 1
        transform = record.transformsAlways || isPhone ? record.transform : nil
        clip = record.clip
    }

    package init(_ model: MetricModel, motion: MotionOptions.Arithmetic = .release32) throws(Failure) {
        try self.init(named: model.rawValue, motion: motion)
    }

    /// All models and their variants.
    package static var knownNames: [String] {
        ModelCatalog.names.flatMap { name in
            ModelCatalog.record(name)?.hasPhoneVariant == true ? [name, name + phone] : [name]
        }
    }

    /// What has to be measured for the model, each request once.
    package var requests: [FeatureRequest] {
        inputs.map(\.request).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Names of the features that the model reads, in its order.
    package var featureNames: [String] { inputs.map(\.name) }

    private static let phone = ":phone"

    private static func inputs(of record: ModelText.Record, _ motion: MotionOptions.Arithmetic) -> [Input]? {
        let inputs = record.features.compactMap { feature, options -> Input? in
            guard let request = FeatureRequest(feature: feature, options: options, motion: motion) else { return nil }
            let base = feature.hasPrefix("adm") || feature.hasPrefix("vif") || feature.hasPrefix("motion")
            return Input(request: request, name: request.full((base ? "integer_" : "") + feature))
        }
        return inputs.count == record.features.count ? inputs : nil
    }
}

extension ModelText.Record {
    fileprivate var hasPhoneVariant: Bool { transform != nil && !transformsAlways }
}

/// The v1 models' answer to chroma that cannot be measured (flat, or equal in both pictures): SpEED is 0 there, and a
/// value that follows the luma's loss stands in for it.
struct ChromaCorrection: Sendable {
    let parameter: Double
    /// Places of SpEED and adm3 among the model's features.
    let chroma: Int
    let detail: Int

    init?(_ record: ModelText.Record) {
        guard record.chromaCorrection != 0,
            let chroma = record.features.firstIndex(where: { $0.name.contains("speed_chroma") }),
            let detail = record.features.firstIndex(where: { $0.name.contains("adm3") })
        else { return nil }
        parameter = record.chromaCorrection
        self.chroma = chroma
        self.detail = detail
    }
}
