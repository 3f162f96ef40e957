/// What can be measured of a frame, with the options that change the numbers. Defaults are libvmaf's.
package enum FeatureRequest: Hashable, Sendable {
    case motion(MotionOptions)
    case vif(VIFOptions)
    case adm(ADMOptions)
    case cambi(CAMBIOptions)
    case speedChroma(SpEEDOptions)
    case psnr
    case ssim
    case msSSIM
}

/// Integer motion: how much the reference moves.
package struct MotionOptions: Hashable, Sendable {
    /// Which release's arithmetic.
    package enum Arithmetic: String, Hashable, Sendable, CaseIterable {
        /// libvmaf 3.2: difference first, then blur.
        case release32 = "3.2"
        /// libvmaf up to 3.1: blur first, another mirror at the far ends.
        case release31 = "3.1"
    }

    package var arithmetic = Arithmetic.release32
    /// Compare with the frame two before instead of the one before (high frame rates).
    package var fiveFrameWindow = false
    /// Average each value with the one before (motion3 only).
    package var movingAverage = false
    package var maximum = 10_000.0
    package var forcesZero = false

    package init() {}
}

/// Visual information fidelity, four scales.
package struct VIFOptions: Hashable, Sendable {
    /// Largest gain that counts as information; 1 for the NEG models.
    package var gainLimit = 100.0

    package init() {}
}

/// Additive detail measure with its counterpart AIM.
package struct ADMOptions: Hashable, Sendable {
    package enum Sensitivity: Int, Hashable, Sendable {
        /// Watson's 9/7 thresholds.
        case watson = 0
        /// The tables of the v1 models.
        case blended = 2
    }

    /// Largest gain of restored detail; 1 for the NEG models.
    package var gainLimit = 100.0
    /// Viewing distance in picture heights.
    package var viewingDistance = 3.0
    /// Rows of the display.
    package var displayHeight = 1080
    package var sensitivity = Sensitivity.watson
    package var noiseWeight = 0.031_25
    /// Whether AIM and adm3 are computed.
    package var measuresAdditions = false
    /// Share of adm2 in adm3.
    package var detailLossWeight = 0.5
    /// Lower limit of adm3.
    package var minimum = 0.0

    package init() {}
}

/// Banding index of the encode.
package struct CAMBIOptions: Hashable, Sendable {
    /// Compute at half size from this many rows on (1080, 1440, 2160); `nil` never.
    package var halfSizeFrom: Int?
    package var visibleLuminance = 0.0
    package var maximum = 1_000.0

    package init() {}
}

/// SpEED on the chroma planes.
package struct SpEEDOptions: Hashable, Sendable {
    package var prescale = 1.0
    package var noiseFloor = 0.0
    package var noiseSigma = 0.29
    /// Which variances weigh reference and encode, 0…6.
    package var weighting = 0
    package var maximum = 1_000.0

    package init() {}
}
