package import MezzPixels

extension Kernels {
    /// - Parameters:
    ///   - requests: Requests of the same kind share one extractor and what they have in common.
    ///   - distorted: Encodes scored with each reference frame.
    ///   - bands: Work items a phase is cut into.
    /// - Precondition: `accepts` says yes to each request.
    package static func extractors(
        for requests: [FeatureRequest], format: PictureFormat, distorted: Int, bands: Int
    ) -> [any FeatureExtractor] {
        let kinds = Kinds(requests)
        var made: [any FeatureExtractor] = []
        if !kinds.vif.isEmpty {
            made.append(VIFExtractor(variants: kinds.vif, format: format, distorted: distorted, bands: bands))
        }
        if !kinds.adm.isEmpty {
            made.append(ADMExtractor(variants: kinds.adm, format: format, distorted: distorted, bands: bands))
        }
        if !kinds.cambi.isEmpty {
            made.append(CAMBIExtractor(variants: kinds.cambi, format: format, distorted: distorted, bands: bands))
        }
        if !kinds.speed.isEmpty {
            made.append(SpEEDExtractor(variants: kinds.speed, format: format, distorted: distorted, bands: bands))
        }
        if !kinds.motion.isEmpty {
            made.append(MotionExtractor(variants: kinds.motion, format: format, distorted: distorted, bands: bands))
        }
        if kinds.ssim || kinds.msSSIM {
            made.append(
                SSIMExtractor(
                    wantsSSIM: kinds.ssim, wantsMultiScale: kinds.msSSIM, format: format, distorted: distorted,
                    bands: bands))
        }
        if kinds.psnr { made.append(PSNRExtractor(format: format, distorted: distorted, bands: bands)) }
        return made
    }

    /// Whether a feature can be measured with these options on pictures of this format.
    package static func accepts(_ request: FeatureRequest, _ format: PictureFormat) -> Bool {
        let side = min(format.width, format.height)
        return switch request {
        case .motion: side >= MotionExtractor.minimumSide
        case .vif(let options): side >= VIFExtractor.minimumSide && options.gainLimit >= 1
        case .adm(let options): side >= ADMExtractor.smallestSide && ADMExtractor.refusal(options) == nil
        case .cambi: CAMBIExtractor.accepts(format)
        case .speedChroma(let options): SpEEDExtractor.accepts(format, options)
        case .psnr: true
        case .ssim: side >= SSIMExtractor.minimumSide
        case .msSSIM: side >= SSIMExtractor.minimumSideMultiScale
        }
    }
}

/// Requests by kind, each in the order they were made.
private struct Kinds {
    var motion: [MotionOptions] = []
    var vif: [VIFOptions] = []
    var adm: [ADMOptions] = []
    var cambi: [CAMBIOptions] = []
    var speed: [SpEEDOptions] = []
    var psnr = false
    var ssim = false
    var msSSIM = false

    init(_ requests: [FeatureRequest]) {
        for request in requests {
            switch request {
            case .motion(let options): motion.append(options)
            case .vif(let options): vif.append(options)
            case .adm(let options): adm.append(options)
            case .cambi(let options): cambi.append(options)
            case .speedChroma(let options): speed.append(options)
            case .psnr: psnr = true
            case .ssim: ssim = true
            case .msSSIM: msSSIM = true
            }
        }
    }
}
