package import MezzCore

/// A form that every sound track of a title is delivered in: `aac:128`, `eac3:5.1:640`.
package struct AudioForm: Codable, Hashable, Sendable {
    package let codec: AudioCodec
    /// The widest layout; tracks with fewer channels keep theirs.
    package let layout: ChannelLayout
    /// At `layout`; 0 for a lossless codec.
    package let bitsPerSecond: Int

    /// What is delivered when nobody asks for a form.
    package static let standard = AudioForm(codec: .aac, layout: .stereo, bitsPerSecond: 128_000)

    /// - Parameter text: A codec, and after colons a layout and kilobits a second, either or both.
    /// - Throws: `Failure` (`usage`) for what is no form.
    package init(_ text: String) throws(Failure) {
        var words = text.lowercased().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let codec = words.first.flatMap(AudioCodec.init(rawValue:)) else {
            let names = AudioCodec.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.refuse("names no codec", text, "begin with one of \(names)")
        }
        words.removeFirst()
        var layout: ChannelLayout?
        var kilobits: Int?
        for word in words {
            if let named = ChannelLayout(rawValue: word == "2.0" ? "stereo" : word == "1.0" ? "mono" : word),
                layout == nil
            {
                layout = named
            } else if let number = Int(word.hasSuffix("k") ? String(word.dropLast()) : word), kilobits == nil,
                1...10_000 ~= number
            {
                kilobits = number
            } else {
                throw Self.refuse(
                    "has a part that is neither layout nor kilobits a second: \(word)", text,
                    "write such as aac:128 or eac3:5.1:640")
            }
        }
        let form = AudioForm(
            codec: codec, layout: layout ?? codec.usualLayout,
            bitsPerSecond: kilobits.map { $0 * 1000 } ?? codec.usualBitrate(layout ?? codec.usualLayout))
        try form.check(text, isGiven: kilobits != nil)
        self = form
    }

    init(codec: AudioCodec, layout: ChannelLayout, bitsPerSecond: Int) {
        self.codec = codec
        self.layout = layout
        self.bitsPerSecond = bitsPerSecond
    }

    private func check(_ text: String, isGiven: Bool) throws(Failure) {
        guard layout.channels <= codec.widest.channels else {
            throw Self.refuse(
                "asks for more channels than \(codec.rawValue) has here", text,
                "ask for \(codec.widest.rawValue) at most")
        }
        if codec == .flac {
            guard !isGiven else { throw Self.refuse("gives a lossless codec a bitrate", text, "leave the number out") }
            return
        }
        let range = codec.bitrates(layout)
        guard range.contains(bitsPerSecond) else {
            throw Self.refuse(
                "asks for \(bitsPerSecond / 1000) kbps", text,
                "\(codec.rawValue) at \(layout.rawValue) takes \(range.lowerBound / 1000) to \(range.upperBound / 1000)"
            )
        }
        guard codec != .ac3 || AudioCodec.ac3Bitrates.contains(bitsPerSecond) else {
            let rates = AudioCodec.ac3Bitrates.map { String($0 / 1000) }.joined(separator: ", ")
            throw Self.refuse("asks for a bitrate that AC-3 does not have", text, "take one of \(rates)")
        }
    }

    private static func refuse(_ what: String, _ text: String, _ remedy: String) -> Failure {
        Failure(.usage, what: "the form of sound " + what, place: "--audio \(text.printable)", remedy: remedy)
    }

    /// The form for a track with so many channels.
    package func fitting(channels: Int) -> (layout: ChannelLayout, bitsPerSecond: Int) {
        let filled = ChannelLayout.filled(by: channels)
        guard filled.channels < layout.channels else { return (layout, bitsPerSecond) }
        return (filled, min(bitsPerSecond, codec.usualBitrate(filled)))
    }
}
