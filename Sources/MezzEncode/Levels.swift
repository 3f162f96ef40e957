package import MezzCore
import MezzFormats

/// The smallest level that holds a stream: ITU-T H.264 table A-1 and H.265 tables A.8 and A.9 (Main tier).
package enum Levels {
    /// - Parameters:
    ///   - peakBps: The VBV rate in bits per second.
    ///   - bufferBits: The VBV buffer in bits.
    /// - Returns: The level's number, e.g. "4.1"; `nil` where no level is wide enough or the encoder chooses (AV1).
    package static func smallest(
        for codec: CodecFamily, resolution: Resolution, frameRate: Rational, peakBps: Int, bufferBits: Int
    ) -> String? {
        switch codec {
        case .avc: avc(resolution, frameRate.value, peakBps, bufferBits)
        case .hevc: hevc(resolution, frameRate.value, peakBps, bufferBits)
        case .av1: nil
        }
    }

    private static func avc(_ size: Resolution, _ rate: Double, _ peak: Int, _ buffer: Int) -> String? {
        let wide = (size.width + 15) / 16
        let high = (size.height + 15) / 16
        // Encoders write High profile; 1250 bits a unit keep the video's own data (VCL) inside its limits as well.
        return AVCLevel.all.first { level in
            level.holds(wide: wide, high: high, rate: rate) && level.number != 9
                && peak <= level.rate * 1250 && buffer <= level.buffer * 1250
        }.map { $0.name.contains(".") ? $0.name : $0.name + ".0" }
    }

    private static func hevc(_ size: Resolution, _ rate: Double, _ peak: Int, _ buffer: Int) -> String? {
        HEVCLevel.all.first { level in
            level.holds(width: size.width, height: size.height, rate: rate)
                && peak <= level.mainBits * 1000 && buffer <= level.mainBits * 1000
        }.map { $0.name.contains(".") ? $0.name : $0.name + ".0" }
    }
}
