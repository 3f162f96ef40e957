extension SignalledColor {
    /// The boxes that say the same in a sample entry, but for those that it has: `colr` with code points (ISO/IEC
    /// 14496-12, 12.1.5), `mdcv` and `clli` (12.1.8). A stream that describes no colours gets no `colr`.
    package func boxes(missingIn video: VideoDescription) -> [UInt8] {
        var bytes: [UInt8] = []
        if video.color == nil, !video.hasColorProfile, signal.isDescribed { bytes += signal.box }
        if video.masteringDisplay == nil, let masteringDisplay { bytes += masteringDisplay.box }
        if video.contentLight == nil, let contentLight { bytes += contentLight.box }
        return bytes
    }
}

extension VideoSignal {
    fileprivate var isDescribed: Bool { primaries != 2 || transfer != 2 || matrix != 2 }

    fileprivate var box: [UInt8] {
        let points = [primaries, transfer, matrix].flatMap { [UInt8].bigEndian($0, bytes: 2) }
        return .box("colr", Array("nclx".utf8) + points + [isFullRange ? 0x80 : 0])
    }
}

extension MasteringDisplay {
    /// Green, blue and red, as the message has them.
    fileprivate var box: [UInt8] {
        let points = [green, blue, red, white].flatMap { [$0.x, $0.y] }.flatMap { [UInt8].bigEndian($0, bytes: 2) }
        return .box("mdcv", points + .bigEndian(maxLuminance, bytes: 4) + .bigEndian(minLuminance, bytes: 4))
    }
}

extension ContentLight {
    fileprivate var box: [UInt8] {
        .box("clli", .bigEndian(maxContentLevel, bytes: 2) + .bigEndian(maxPictureAverage, bytes: 2))
    }
}

extension [UInt8] {
    /// The lowest bytes of a number; the largest that fits where it does not.
    static func bigEndian(_ value: Int, bytes count: Int) -> [UInt8] {
        let value = Swift.min(Swift.max(value, 0), 1 << (8 * count) - 1)
        return (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A box with a length of 32 bits.
    static func box(_ type: FourCC, _ payload: [UInt8]) -> [UInt8] {
        bigEndian(payload.count + 8, bytes: 4) + bigEndian(Int(type.code), bytes: 4) + payload
    }
}
