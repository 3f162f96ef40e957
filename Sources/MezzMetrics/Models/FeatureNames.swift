import Foundation
package import MezzPixels

extension FeatureRequest {
    /// Names of what is computed for each frame, in the order of libvmaf's log. Features over time (`timeNames`)
    /// follow when all frames are known.
    package var names: [String] {
        switch self {
        case .motion: [full("VMAF_integer_feature_motion_sad_score")]
        case .vif: (0..<4).map { full("integer_vif_scale\($0)") }
        case .adm(let options):
            (["adm2"] + (options.measuresAdditions ? ["aim", "adm3"] : []) + (0..<4).map { "adm_scale\($0)" })
                .map { full("integer_" + $0) }
        case .cambi: [full("cambi")]
        case .speedChroma: ["u", "v", "uv"].map { full("speed_chroma_" + $0) }
        case .psnr: ["psnr_y", "psnr_cb", "psnr_cr"]
        case .ssim: ["float_ssim"]
        case .msSSIM: ["float_ms_ssim"]
        }
    }

    /// Names of what depends on frames before and behind: motion2 and motion3.
    package var timeNames: [String] {
        guard case .motion = self else { return [] }
        return ["integer_motion2", "integer_motion3"].map(full)
    }

    /// libvmaf's name of a feature with these options: a suffix for each option that is not the default, in the
    /// order of the options' names.
    func full(_ base: String) -> String { ([base] + suffixes).joined(separator: "_") }

    private var suffixes: [String] {
        switch self {
        case .motion(let options): options.suffixes
        case .vif(let options): differing([("egl", options.gainLimit, 100)])
        case .adm(let options): options.suffixes
        case .cambi(let options):
            differing([
                ("hrs", Double(options.halfSizeFrom ?? 0), 0), ("cmxv", options.maximum, 1_000),
                ("vlt", options.visibleLuminance, 0),
            ])
        case .speedChroma(let options): options.suffixes
        case .psnr, .ssim, .msSSIM: []
        }
    }
}

extension MotionOptions {
    fileprivate var suffixes: [String] {
        (fiveFrameWindow ? ["mffw"] : []) + (forcesZero ? ["force_0"] : [])
            + differing([("mmxv", maximum, 10_000)]) + (movingAverage ? ["mma"] : [])
    }
}

extension ADMOptions {
    fileprivate var suffixes: [String] {
        differing([
            ("csf", Double(sensitivity.rawValue), 0), ("dlmw", detailLossWeight, 0.5), ("egl", gainLimit, 100),
            ("min", minimum, 0), ("nw", noiseWeight, 0.031_25), ("nvd", viewingDistance, 3),
            ("rdh", Double(displayHeight), 1_080),
        ])
    }
}

extension SpEEDOptions {
    fileprivate var suffixes: [String] {
        differing([("mxv", maximum, 1_000), ("nnf", noiseFloor, 0), ("ps", prescale, 1)])
            + (prescale == 1 ? [] : ["psm_bilinear"])
            + differing([("snn", noiseSigma, 0.29), ("wvm", Double(weighting), 0)])
    }
}

private func differing(_ options: [(alias: String, value: Double, standard: Double)]) -> [String] {
    options.filter { $0.value != $0.standard }.map { $0.alias + "_" + String(format: "%g", $0.value) }
}
