/// Why bytes are not what they claim to be.
package struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Sendable, Hashable {
        /// The bytes end before the structure does.
        case truncated
        /// A value that the format forbids, or that contradicts another one.
        case invalid
        /// Larger or deeper than any real title.
        case tooLarge
        /// The bytes could not be read from where they are stored.
        case unreadable
    }

    package let reason: Reason
    package let what: String
    /// Byte offset or line number where it was noticed.
    package let offset: Int

    package init(_ reason: Reason, _ what: String, at offset: Int) {
        self.reason = reason
        self.what = what
        self.offset = offset
    }

    package var description: String { "\(what) (\(reason.rawValue), at \(offset))" }
}
