import Foundation
package import MezzPixels

extension ADMExtractor {
    /// Shortest side of a picture: the coarsest bands must have two rows and columns.
    package static let smallestSide = 17

    /// - Returns: Why the options cannot be computed; `nil` when they can.
    package static func refusal(_ options: ADMOptions) -> String? {
        guard (1...100).contains(options.gainLimit) else { return "the gain limit of ADM must be 1 to 100" }
        guard options.viewingDistance.isFinite, options.viewingDistance > 0,
            (1...16_384).contains(options.displayHeight)
        else { return "the viewing distance and display height of ADM must be positive" }
        guard options.viewingDistance * Double(options.displayHeight) >= 3240 else {
            return "ADM needs a viewing distance times display height of at least 3240"
        }
        guard (0...100).contains(options.noiseWeight), (0...1).contains(options.detailLossWeight),
            (0...1).contains(options.minimum)
        else { return "a weight of ADM is out of range" }
        return ADMWeights(options) == nil ? "ADM has no sensitivity table for this viewing distance and height" : nil
    }

    /// libvmaf's names of a variant's features.
    static func names(of options: ADMOptions) -> [String] {
        var features = ["adm2"] + (0..<4).map { "adm_scale\($0)" }
        if options.measuresAdditions { features += ["aim", "adm3"] }
        let suffix = suffix(of: options)
        return features.map { "integer_\($0)\(suffix)" }
    }

    /// Options that are not the default, in alphabetical order of libvmaf's names for them.
    private static func suffix(of options: ADMOptions) -> String {
        let usual = ADMOptions()
        var parts: [String] = []
        let add = { (name: String, value: Double, usual: Double) in
            if value != usual { parts.append("_\(name)_\(String(format: "%g", value))") }
        }
        add("csf", Double(options.sensitivity.rawValue), Double(usual.sensitivity.rawValue))
        add("dlmw", options.detailLossWeight, usual.detailLossWeight)
        add("egl", options.gainLimit, usual.gainLimit)
        add("min", options.minimum, usual.minimum)
        add("nw", options.noiseWeight, usual.noiseWeight)
        add("nvd", options.viewingDistance, usual.viewingDistance)
        add("rdh", Double(options.displayHeight), Double(usual.displayHeight))
        return parts.joined()
    }
}
