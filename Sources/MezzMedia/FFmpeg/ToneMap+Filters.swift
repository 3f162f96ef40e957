package import MezzCore

extension ToneMap {
    /// The filters (FFmpeg syntax) from the master's picture to one in BT.709, in the master's size.
    ///
    /// Light is made linear with diffuse white at 1, brought into BT.709's primaries and compressed from 0.3 upwards by a
    /// Möbius curve that ends at the peak. Middle grey (26 cd/m²) comes out at 42% of the signal and diffuse white at 85%,
    /// from PQ and HLG alike; see docs/decisions/20261122-tone-mapping.md.
    package var filters: [String] {
        [
            // Of a master that leaves some of its colours unsaid, frames would say nothing, which is no way to BT.709.
            "setparams=color_primaries=\(primaries):color_trc=\(transfer):colorspace=\(matrix):range=\(range)",
            "zscale=t=linear:npl=\(Self.referenceWhite)", "format=gbrpf32le", "zscale=p=bt709",
            "tonemap=mobius:param=0.3:desat=0:peak=\(relativePeak)",
            "zscale=t=bt709:m=bt709:r=tv", "format=yuv420p10le",
        ]
    }

    /// The peak in units of diffuse white, in thousandths, without a locale.
    private var relativePeak: String {
        let thousandths = peak * 1000 / Self.referenceWhite
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
