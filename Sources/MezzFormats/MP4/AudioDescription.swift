/// What a sample entry says of sound (ISO/IEC 14496-12, 12.2). Codecs may say otherwise, and are right.
package struct AudioDescription: Hashable, Sendable {
    package let channels: Int
    /// Bits of a sample before it was coded.
    package let sampleBits: Int
    /// Samples a second; 0 where it does not fit the field.
    package let sampleRate: Int

    /// Reads the fixed part, after data_reference_index.
    /// - Parameter isQuickTime: The list of entries has version 0, where an entry's own version adds fields of
    ///   QuickTime.
    init(_ cursor: inout ByteCursor, isQuickTime: Bool) throws(FormatError) {
        let version = try cursor.u16()
        try cursor.skip(6)
        let channels = try cursor.u16()
        sampleBits = try cursor.u16()
        try cursor.skip(4)
        let rate = try cursor.u32() >> 16
        guard isQuickTime, version == 2 else {
            self.channels = channels
            sampleRate = rate
            if isQuickTime, version == 1 { try cursor.skip(16) }
            return
        }
        try cursor.skip(4)
        sampleRate = Int(exactly: Double(bitPattern: try cursor.number(bytes: 8)).rounded()) ?? 0
        self.channels = try cursor.u32()
        try cursor.skip(20)
    }
}
