extension MasteringDisplay {
    /// In the units of the other codecs: AV1 counts in 1/65536, 1/256 and 1/16384 (AV1, 6.7.4).
    package init(_ given: AV1MasteringDisplay) {
        func point(_ point: AV1MasteringDisplay.Point) -> Chromaticity {
            Chromaticity(x: Self.scaled(point.x, 50_000, 65_536), y: Self.scaled(point.y, 50_000, 65_536))
        }
        self.init(
            red: point(given.primaries[0]), green: point(given.primaries[1]), blue: point(given.primaries[2]),
            white: point(given.whitePoint), maxLuminance: Self.scaled(given.maxLuminance, 10_000, 256),
            minLuminance: Self.scaled(given.minLuminance, 10_000, 16_384))
    }

    private static func scaled(_ value: Int, _ factor: Int, _ divisor: Int) -> Int {
        (value * factor + divisor / 2) / divisor
    }
}
