package import MezzCore
import MezzFormats

/// The smallest level that holds a stream: ITU-T H.264 table A-1, H.265 tables A.8 and A.9, AV1 annex A.3.
package enum Levels {
    /// What a level must hold.
    package struct Demand: Sendable {
        package var codec: CodecFamily
        package var profile: BitstreamProfile
        package var tier: Tier
        package var resolution: Resolution
        /// Frames a second.
        package var rate: Double
        /// The VBV rate in bits per second.
        package var peakBps: Int
        /// The VBV buffer in bits.
        package var bufferBits: Int

        package init(_ recipe: VideoRecipe) {
            codec = recipe.codec
            profile = recipe.profile
            tier = recipe.tier
            resolution = recipe.resolution
            rate = recipe.frameRate.value
            peakBps = recipe.maximumBps ?? 0
            bufferBits = recipe.bufferBits ?? 0
        }
    }

    /// - Returns: The level's number, e.g. "4.1"; `nil` where no level is wide enough.
    package static func smallest(for demand: Demand) -> String? {
        names(demand.codec).first { holds($0, demand) }
    }

    /// Whether a level holds the demand; `false` for a level that is none.
    package static func holds(_ name: String, _ demand: Demand) -> Bool {
        let size = demand.resolution
        switch demand.codec {
        case .avc:
            guard
                AVCLevel.named(name)?.holds(
                    wide: (size.width + 15) / 16, high: (size.height + 15) / 16, rate: demand.rate) ?? false
            else { return false }
        case .hevc:
            guard
                HEVCLevel.named(name)?.holds(width: size.width, height: size.height, rate: demand.rate) ?? false
            else { return false }
        case .av1:
            guard let level = AV1Level.all.first(where: { $0.name == name }), size.pixels <= level.maxPictureSize,
                size.width <= level.maxWidth, size.height <= level.maxHeight,
                Double(size.pixels) * demand.rate <= Double(level.maxDisplayRate)
            else { return false }
        }
        guard let limit = bitLimits(of: name, demand) else { return false }
        return demand.peakBps <= limit.rate && demand.bufferBits <= limit.buffer
    }

    /// Bits per second and bits of the buffer that a level allows the demand's profile and tier; `nil` for a level that is
    /// none.
    package static func bitLimits(of name: String, _ demand: Demand) -> (rate: Int, buffer: Int)? {
        switch demand.codec {
        case .avc:
            // Units of the video's own data (VCL), without what the transport adds.
            let unit = demand.profile == .high ? 1250 : 1000
            return AVCLevel.named(name).map { ($0.rate * unit, $0.buffer * unit) }
        case .hevc:
            return HEVCLevel.named(name).map { level in
                let bits = (demand.tier == .high ? level.highBits : nil) ?? level.mainBits
                return (bits * 1000, bits * 1000)
            }
        case .av1:
            return AV1Level.all.first { $0.name == name }.flatMap { level in
                let bits =
                    level.maxBitrate(isHighTier: demand.tier == .high, profile: 0)
                    ?? level.maxBitrate(isHighTier: false, profile: 0)
                return bits.map { ($0, $0) }
            }
        }
    }

    /// Names of a codec's levels, ascending, each with one decimal. 1b is never chosen: old decoders read it as 1.1.
    package static func names(_ codec: CodecFamily) -> [String] {
        switch codec {
        case .avc: AVCLevel.all.filter { $0.number != 9 }.map(\.name).map(decimal)
        case .hevc: HEVCLevel.all.map(\.name).map(decimal)
        case .av1: AV1Level.all.map(\.name)
        }
    }

    /// What a level allows, for a person who asked for less than there is.
    package static func limits(of name: String, _ codec: CodecFamily) -> String {
        switch codec {
        case .avc:
            AVCLevel.named(name).map { "\($0.blocks) macroblocks a picture, \($0.blockRate) a second" } ?? ""
        case .hevc:
            HEVCLevel.named(name).map { "\($0.samples) luma samples a picture, \($0.sampleRate) a second" } ?? ""
        case .av1:
            AV1Level.all.first { $0.name == name }.map {
                "\($0.maxPictureSize) luma samples a picture, \($0.maxDisplayRate) a second"
            } ?? ""
        }
    }

    private static func decimal(_ name: String) -> String { name.contains(".") ? name : name + ".0" }
}
