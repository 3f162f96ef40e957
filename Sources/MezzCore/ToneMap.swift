/// How a standard dynamic range picture is made of a high dynamic range master.
///
/// The whole chain is a function of this value: nothing is read from the frames, so every chunk, trial and measurement
/// of a title sees the same picture.
package struct ToneMap: Hashable, Codable, Sendable {
    /// The master's colours, by FFmpeg's names; what it does not say is BT.2100's.
    package let transfer: String
    package let primaries: String
    package let matrix: String
    /// "tv" or "pc"
    package let range: String
    /// The brightest light of the master in cd/m²: what becomes white.
    package let peak: Int

    /// "PQ" or "HLG"
    package var name: String { transfer == "smpte2084" ? "PQ" : "HLG" }

    /// Luminance of diffuse white in an HDR programme, cd/m² (ITU-R BT.2408, clause 2.1).
    package static let referenceWhite = 203
    /// What a PQ master without metadata is taken to reach, and an HLG display's nominal peak (BT.2100), cd/m².
    package static let usualPeak = 1000

    /// - Returns: `nil` when `color` is no high dynamic range.
    package init?(of color: ColorDescription) {
        guard let transfer = color.transfer, color.isHighDynamicRange else { return nil }
        self.transfer = transfer
        primaries = color.primaries ?? "bt2020"
        matrix = color.matrix ?? "bt2020nc"
        range = color.range ?? "tv"
        let stated = [color.hdr?.light?.max ?? 0, (color.hdr?.display?.maxLuminance ?? 0) / 10_000].first { $0 > 0 }
        // Under diffuse white there would be nothing to compress, and over PQ's end there is no light.
        peak = min(max(stated ?? Self.usualPeak, Self.referenceWhite), 10_000)
    }

    /// The colours of what comes out.
    package static let result = ColorDescription(primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv")
}
