package import MezzFormats

/// A video track, read through: descriptions and pictures in decoding order.
package struct CodedStream: Sendable {
    /// The stream's name in findings, usually the rung's id.
    package var name: String
    /// Ticks of its clock in a second.
    package var timescale: Int
    /// What the sample entry says.
    package var entry: SampleEntry?
    /// Each description with the picture from which it holds; the first from 0.
    package var descriptions: [(from: Int, StreamDescription)]
    package var pictures: [StreamPicture]
    /// Pictures that could not be read, with the reason.
    package var damage: [(picture: Int, error: FormatError)]
    /// Media time at which the presentation begins, by the edit list; `nil` without one.
    package var presentationStart: Int?

    package init(
        name: String, timescale: Int, entry: SampleEntry? = nil, descriptions: [(from: Int, StreamDescription)],
        pictures: [StreamPicture], damage: [(picture: Int, error: FormatError)] = [], presentationStart: Int? = nil
    ) {
        self.name = name
        self.timescale = timescale
        self.entry = entry
        self.descriptions = descriptions
        self.pictures = pictures
        self.damage = damage
        self.presentationStart = presentationStart
    }

    /// The first description; `nil` when not a single picture could be read.
    package var description: StreamDescription? { descriptions.first?.1 }

    /// From the first decoding to the end of the last, in seconds.
    package var seconds: Double {
        guard let first = pictures.first, let last = pictures.last else { return 0 }
        return seconds(last.decodeTime + Int(last.duration) - first.decodeTime)
    }

    package func seconds(_ ticks: Int) -> Double { Double(ticks) / Double(max(timescale, 1)) }
}
