import MezzCore
import MezzPixels

/// Which extractor's which value each feature of the log is.
struct MeasurementTable: Sendable {
    /// A feature that extractors measure on each frame.
    struct Source: Sendable {
        let name: String
        let extractor: Int
        let value: Int
        /// The motion series that it feeds, for a feature over time.
        let series: Int?
    }

    /// In the order of the log.
    let sources: [Source]
    /// Motion over time, in the order of the log; those forced to zero have no source.
    let motions: [MotionOptions]
    /// Names of motion2 and motion3 of each series.
    let timeNames: [[String]]

    /// - Parameter names: What each extractor says it measures.
    init(_ requests: [FeatureRequest], names: [[String]]) throws(Failure) {
        var sources: [Source] = []
        var motions: [MotionOptions] = []
        var timeNames: [[String]] = []
        for request in requests {
            var series: Int?
            if case .motion(let options) = request {
                series = motions.count
                motions.append(options)
                timeNames.append(request.timeNames)
                if options.forcesZero { continue }
            }
            let found = request.names.compactMap { name -> Source? in
                for (extractor, values) in names.enumerated() {
                    guard let value = values.firstIndex(of: name) else { continue }
                    return Source(name: name, extractor: extractor, value: value, series: series)
                }
                return nil
            }
            // PSNR has fewer values where there is no colour; all else is whole or not there.
            guard found.count == request.names.count || (request == .psnr && !found.isEmpty) else {
                throw Failure(
                    .usage, what: "these pictures have no such feature", place: request.names[0],
                    remedy: "choose other features")
            }
            sources += found
        }
        self.sources = sources
        self.motions = motions
        self.timeNames = timeNames
    }
}
