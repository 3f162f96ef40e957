extension AV1SequenceHeader {
    /// The `codecs` parameter of the stream (AV1 Codec ISO Media File Format Binding, 5): "av01.0.08M.10", and all the
    /// fields on colour where one of them is not what its absence would say. Of the first operating point.
    package var codecString: String {
        let point = operatingPoints.first ?? AV1OperatingPoint()
        let basic =
            "av01.\(profile).\(Self.digits(point.level))\(point.isHighTier ? "H" : "M").\(Self.digits(color.bitDepth))"
        let colors =
            ".\(color.isMonochrome ? 1 : 0).\(subsampling).\(code(color.primaries)).\(code(color.transfer))"
            + ".\(code(color.matrix)).\(color.isFullRange ? 1 : 0)"
        return colors == ".0.110.01.01.01.0" ? basic : basic + colors
    }

    /// Subsampling across, down, and the place of the samples where both are 1.
    private var subsampling: String {
        let position = color.subsamplesX && color.subsamplesY ? color.chromaSamplePosition : 0
        return "\(color.subsamplesX ? 1 : 0)\(color.subsamplesY ? 1 : 0)\(position)"
    }

    /// A stream that does not describe its colours may as well be BT.709, which the short form stands for.
    private func code(_ value: Int) -> String { Self.digits(color.isDescribed ? value : 1) }

    private static func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
