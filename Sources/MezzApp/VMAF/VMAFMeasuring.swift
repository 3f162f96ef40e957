import ArgumentParser
import Foundation
import MezzCore
import MezzMetrics
import MezzPixels

extension MotionOptions.Arithmetic: ExpressibleByArgument {}

/// What is measured and how much.
struct VMAFMeasuring: ParsableArguments {
    @Option(
        name: .customLong("model"),
        help: ArgumentHelp(
            "VMAF model; NAME:phone for small screens. Repeatable. (default: vmaf_v0.6.1 up to 1080p, vmaf_4k_v0.6.1 "
                + "above)", valueName: "name"))
    var modelNames: [String] = []

    @Option(
        name: .customLong("feature"),
        help: ArgumentHelp(
            "Also psnr, ssim, ms_ssim, cambi, motion, vif, adm or speed_chroma. Repeatable.", valueName: "name"))
    var featureNames: [FeatureName] = []

    @Option(help: ArgumentHelp("Score one frame in this many.", valueName: "n"))
    var subsample: Int = 1

    @Option(
        help: ArgumentHelp(
            "Score as few frames as tell the mean within so many points (95% confidence).", valueName: "points"))
    var within: Double?

    @Option(help: ArgumentHelp("Threads. (default: the number of cores)", valueName: "n"))
    var threads: Int?

    @Option(help: ArgumentHelp("Whose motion arithmetic: libvmaf 3.1 or 3.2.", valueName: "release"))
    var motion: MotionOptions.Arithmetic = .release32

    func validate() throws {
        guard subsample >= 1, subsample <= 1_000_000 else { throw ValidationError("--subsample takes 1 to 1000000") }
        if let within {
            guard within >= 0.01, within <= 50 else { throw ValidationError("--within takes 0.01 to 50 points") }
            guard subsample == 1 else { throw ValidationError("--within chooses frames itself: leave out --subsample") }
        }
        if let threads, threads < 1 || threads > 1024 { throw ValidationError("--threads takes 1 to 1024") }
        for name in modelNames {
            do {
                _ = try Model(named: name, motion: motion)
            } catch {
                throw ValidationError("--model \(name.printable): \(error.what); \(error.remedy)")
            }
        }
    }

    /// Threads that measure.
    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
    /// Threads of each decoder: they share the processor with the measuring.
    var decoderThreads: Int { max(1, threadCount / 8) }

    /// The models, each once. One alone is called `vmaf` in logs, as libvmaf does.
    func models(for reference: Resolution) throws(Failure) -> [Model] {
        var models: [Model] = []
        for name in modelNames where !models.contains(where: { $0.name == name }) {
            models.append(try Model(named: name, motion: motion))
        }
        if models.isEmpty { models = [try Model(.standard(for: reference), motion: motion)] }
        if models.count == 1 { models[0].scoreName = "vmaf" }
        return models
    }

    var features: [FeatureRequest] {
        featureNames.map { $0.request(motion: motion) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

/// A feature by the name people and libvmaf know it by.
enum FeatureName: String, ExpressibleByArgument, CaseIterable, Sendable {
    case psnr
    case ssim
    case msSSIM = "ms_ssim"
    case cambi
    case motion
    case vif
    case adm
    case speedChroma = "speed_chroma"

    init?(argument: String) {
        switch argument {
        case "float_ssim": self = .ssim
        case "float_ms_ssim": self = .msSSIM
        default: self.init(rawValue: argument)
        }
    }

    func request(motion arithmetic: MotionOptions.Arithmetic) -> FeatureRequest {
        switch self {
        case .psnr: .psnr
        case .ssim: .ssim
        case .msSSIM: .msSSIM
        case .cambi: .cambi(CAMBIOptions())
        case .vif: .vif(VIFOptions())
        case .adm: .adm(ADMOptions())
        case .speedChroma: .speedChroma(SpEEDOptions())
        case .motion: .motion(Self.motion(arithmetic))
        }
    }

    private static func motion(_ arithmetic: MotionOptions.Arithmetic) -> MotionOptions {
        var options = MotionOptions()
        options.arithmetic = arithmetic
        return options
    }
}
