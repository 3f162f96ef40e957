package import MezzCore

/// How one encoder is driven through FFmpeg. Adding an encoder is one file with such a value and one line in
/// `EncoderCatalog`.
package protocol EncoderDriver: Sendable {
    var codec: CodecFamily { get }
    /// FFmpeg's name of the encoder.
    var encoderName: String { get }
    /// The encoder's speeds, slowest first.
    var presets: [String] { get }
    var defaultPreset: String { get }
    /// CRF values worth trying: from visually transparent to barely watchable.
    var usefulCRF: ClosedRange<Double> { get }
    /// Smallest step in CRF that the encoder tells apart.
    var crfStep: Double { get }
    /// How much coarser an encode of few frames comes out than the same frames inside a long one, in CRF times frames:
    /// what the encoder spends on a frame grows with how long it will be referred to. Measured by
    /// `Benchmarks/ladder/windows.py`.
    var edgeLoss: Double { get }
    /// Bits per sample that are encoded for a source of `sourceBitDepth`.
    func bitDepth(sourceBitDepth: Int) -> Int
    /// FFmpeg output options after the filter's label and before the file name. Key frames are forced by the
    /// caller and by nothing else.
    func arguments(_ recipe: VideoRecipe, crf: Double) -> [String]
    /// Options of the encoder's own that a profile may set; the driver's others are fixed.
    var freeOptions: Set<String> { get }
    /// Whether it can look at a chunk twice.
    var hasTwoPasses: Bool { get }
    /// Bitstream filters that the join of chunks needs.
    var joinFilters: [String] { get }
    /// Options for an MP4 track of this codec.
    var trackArguments: [String] { get }
    /// The encoder's name for a speed asked for in x264's words or its own; `nil` when it knows neither.
    func preset(named name: String) -> String?
}

extension EncoderDriver {
    /// The CRF at which a run of `whole` frames comes out like an encode at `crf` of `window` of its frames.
    package func wholeCRF(_ crf: Double, window: Int, whole: Int) -> Double {
        guard window > 0, whole > window else { return crf }
        return crf + edgeLoss * (1 / Double(window) - 1 / Double(whole))
    }

    package func preset(named name: String) -> String? { presets.contains(name) ? name : nil }
}

/// All encoders.
package enum EncoderCatalog {
    package static let all: [any EncoderDriver] = [X264(), X265(), SVTAV1()]

    package static func driver(for codec: CodecFamily) -> any EncoderDriver {
        switch codec {
        case .avc: X264()
        case .hevc: X265()
        case .av1: SVTAV1()
        }
    }
}

/// Option lists of the form `a=1:b=2`: the driver's, those of the recipe in place of the driver's of the same name, and
/// what a pass of two needs.
func optionList(_ options: [(String, String)], _ recipe: VideoRecipe) -> String {
    let driven = options.map { ($0.0, recipe.options[$0.0] ?? $0.1) }
    let names = Set(options.map(\.0))
    let own = recipe.options.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    // A colon ends an option; where encoders take one inside a value they take a comma as well.
    return (driven + own + passOptions(recipe))
        .map { "\($0.0)=\($0.1.replacing(":", with: ","))" }.joined(separator: ":")
}

/// x264's and x265's options for the two passes of an encode.
private func passOptions(_ recipe: VideoRecipe) -> [(String, String)] {
    recipe.pass.map { [("pass", String($0.number)), ("stats", $0.statistics)] } ?? []
}

/// How full x264's and x265's buffer is at the start.
func bufferStart(_ recipe: VideoRecipe) -> [(String, String)] {
    recipe.initialFullness.map { [("vbv-init", String(Double(Int($0 * 1000)) / 1000))] } ?? []
}

/// What decides an encode's bits: its CRF, or the bitrate it is to hit.
func rateArguments(_ recipe: VideoRecipe, crf: Double) -> [String] {
    recipe.targetBps.map { ["-b:v", String($0)] } ?? ["-crf", crfText(crf)]
}

/// A CRF as the encoders read it: at most two decimals, no locale.
func crfText(_ crf: Double) -> String {
    let hundredths = Int((crf * 100).rounded())
    if hundredths % 100 == 0 { return String(hundredths / 100) }
    let fraction = hundredths % 100
    return "\(hundredths / 100)." + (fraction < 10 ? "0" : "") + String(fraction)
}

/// Colour tags for an encoder that reads FFmpeg's own options.
func colorArguments(_ color: ColorDescription) -> [String] {
    var arguments: [String] = []
    if let primaries = color.primaries { arguments += ["-color_primaries", primaries] }
    if let transfer = color.transfer { arguments += ["-color_trc", transfer] }
    if let matrix = color.matrix { arguments += ["-colorspace", matrix] }
    return arguments + ["-color_range", color.range ?? "tv"]
}
