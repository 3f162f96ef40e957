extension AVCSequenceParameters {
    /// The `codecs` parameter (RFC 6381 3.3, ISO/IEC 14496-15 Annex E.2): "avc1." with profile_idc, constraints and
    /// level_idc in hexadecimal.
    /// - Parameter entry: The sample entry's four characters, `avc3` where parameter sets are in the samples.
    package func codecString(entry: String = "avc1") -> String {
        entry + "." + [profile, constraints, level].map(Self.hex).joined()
    }

    private static func hex(_ byte: Int) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
