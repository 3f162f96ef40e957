import MezzPixels

extension FeatureRequest {
    /// The request for one feature of a model file, named as there without its affixes, for example `adm2`.
    /// - Parameter options: Extractor options by libvmaf's names.
    /// - Returns: `nil` for a feature or an option that mezz does not have.
    init?(feature: String, options: [String: String], motion: MotionOptions.Arithmetic) {
        switch feature {
        case "adm2": self.init(adm: options, additions: false)
        case "adm3": self.init(adm: options, additions: true)
        case "motion2", "motion3": self.init(motion: options, motion)
        case "vif_scale0", "vif_scale1", "vif_scale2", "vif_scale3": self.init(vif: options)
        case "cambi": self.init(cambi: options)
        case "speed_chroma_uv": self.init(speed: options)
        default: return nil
        }
    }

    private init?(adm options: [String: String], additions: Bool) {
        var chosen = ADMOptions()
        chosen.measuresAdditions = additions
        for (key, text) in options {
            guard let value = Double(text) else { return nil }
            switch key {
            case "adm_enhn_gain_limit": chosen.gainLimit = value
            case "adm_norm_view_dist": chosen.viewingDistance = value
            case "adm_ref_display_height": chosen.displayHeight = Int(value)
            case "adm_noise_weight": chosen.noiseWeight = value
            case "adm_dlm_weight": chosen.detailLossWeight = value
            case "adm_min_val": chosen.minimum = value
            case "adm_csf_mode":
                guard let sensitivity = ADMOptions.Sensitivity(rawValue: Int(value)) else { return nil }
                chosen.sensitivity = sensitivity
            default: return nil
            }
        }
        self = .adm(chosen)
    }

    private init?(motion options: [String: String], _ arithmetic: MotionOptions.Arithmetic) {
        var chosen = MotionOptions()
        chosen.arithmetic = arithmetic
        for (key, text) in options {
            switch (key, Double(text)) {
            case ("motion_max_val", let value?): chosen.maximum = value
            case ("motion_five_frame_window", _): chosen.fiveFrameWindow = text == "true"
            case ("motion_moving_average", _): chosen.movingAverage = text == "true"
            case ("motion_force_zero", _): chosen.forcesZero = text == "true"
            default: return nil
            }
        }
        self = .motion(chosen)
    }

    private init?(vif options: [String: String]) {
        var chosen = VIFOptions()
        for (key, text) in options {
            guard key == "vif_enhn_gain_limit", let value = Double(text) else { return nil }
            chosen.gainLimit = value
        }
        self = .vif(chosen)
    }

    private init?(cambi options: [String: String]) {
        var chosen = CAMBIOptions()
        for (key, text) in options {
            guard let value = Double(text) else { return nil }
            switch key {
            case "cambi_high_res_speedup": chosen.halfSizeFrom = value == 0 ? nil : Int(value)
            case "cambi_vis_lum_threshold": chosen.visibleLuminance = value
            case "cambi_max_val": chosen.maximum = value
            default: return nil
            }
        }
        self = .cambi(chosen)
    }

    private init?(speed options: [String: String]) {
        var chosen = SpEEDOptions()
        for (key, text) in options {
            switch (key, Double(text)) {
            case ("speed_prescale", let value?): chosen.prescale = value
            case ("speed_nn_floor", let value?): chosen.noiseFloor = value
            case ("speed_sigma_nn", let value?): chosen.noiseSigma = value
            case ("speed_weight_var_mode", let value?): chosen.weighting = Int(value)
            case ("speed_max_val", let value?): chosen.maximum = value
            case ("speed_prescale_method", _) where text == "bilinear": continue
            case ("speed_kernelscale", 1?): continue
            default: return nil
            }
        }
        self = .speedChroma(chosen)
    }
}
