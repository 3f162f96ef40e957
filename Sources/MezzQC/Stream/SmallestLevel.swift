import MezzCore
import MezzFormats

extension LevelLimits {
    /// How far a rate may be above a limit: a clock of milliseconds makes 23.976 frames a second a little more or less.
    static let slack = 1.002
}

extension CodedStream {
    /// Pictures shown and frames decoded a second, of the whole stream: single pictures may last longer or shorter by the
    /// clock's rounding.
    var pictureRate: Double { rate { Double($0.shown) } }
    var headerRate: Double { rate { Double($0.frames) } }

    private func rate(_ count: (StreamPicture) -> Double) -> Double {
        seconds > 0 ? pictures.reduce(0) { $0 + count($1) } / seconds : 0
    }
}

/// The smallest level that would hold a stream: its pictures, rates, buffers, tiles and bits.
struct SmallestLevel {
    private let stream: CodedStream
    private let description: StreamDescription

    /// - Parameter description: The one of the stream's that is meant.
    init(_ stream: CodedStream, _ description: StreamDescription) {
        self.stream = stream
        self.description = description
    }

    /// For the end of a message.
    var text: String { name.map { "level \($0) is the smallest that fits" } ?? "no level is wide enough" }

    /// `nil` when no level of the stream's tier is wide enough.
    var name: String? { LevelLimits.all(for: description).first { holds($0.limits) }?.name }

    private func holds(_ limits: LevelLimits) -> Bool {
        let size = description.codedSize
        let pixels = Double(size.pixels)
        guard size.pixels <= limits.pictureSamples, size.width <= limits.longestSide.width,
            size.height <= limits.longestSide.height,
            pixels * stream.pictureRate <= limits.sampleRate * LevelLimits.slack,
            pixels * stream.headerRate <= limits.decodeRate * LevelLimits.slack,
            stream.headerRate <= (limits.headerRate ?? .infinity) * LevelLimits.slack,
            description.bufferedPictures ?? 0 <= limits.bufferedPictures ?? .max
        else { return false }
        return holdsTiles(limits) && BufferRule.isInTime(stream, limits)
    }

    private func holdsTiles(_ limits: LevelLimits) -> Bool {
        let (columns, rows) = (description.tileColumns, description.tileRows)
        return columns <= limits.tileColumns ?? .max && rows <= limits.tileRows ?? .max
            && columns * rows <= limits.tiles ?? .max
    }
}
