import MezzCore
import MezzMedia

/// Sound on its way out of files: what FFmpeg opens, and the filters that make one track of it.
struct SoundInput: Sendable {
    /// Arguments that open the files.
    let arguments: [String]
    /// A filter graph without its last label.
    private let graph: String
    private let filters: [String]
    /// For messages.
    let subject: String

    /// One stream through filters.
    init(_ path: String, stream: Int, filters: [String] = []) {
        arguments = Self.open(path)
        graph = "[0:\(stream)]"
        self.filters = filters
        subject = "\(path.printable) stream \(stream)"
    }

    private init(arguments: [String], graph: String, filters: [String], subject: String) {
        self.arguments = arguments
        self.graph = graph
        self.filters = filters
        self.subject = subject
    }

    /// A delivered track's channels, on the picture's clock and in the order of their loudspeakers.
    /// - Parameters:
    ///   - seconds: Length of the picture.
    ///   - path: Where each part's file is.
    init(_ track: TrackSource, seconds: Double, path: (TrackSource.Part) throws -> String) rethrows {
        let paths = try track.parts.map(path)
        let chains = track.parts.enumerated().map { number, part in
            "[\(number):\(part.stream)]"
                + (Self.labels(part, of: track) + Self.alignment(of: part, seconds: seconds)).joined(separator: ",")
        }
        let names = zip(paths, track.parts).map { "\($0.printable) stream \($1.stream)" }.joined(separator: ", ")
        guard chains.count > 1, let speakers = track.speakers else {
            self.init(
                arguments: paths.flatMap(Self.open), graph: chains.joined(), filters: [], subject: names)
            return
        }
        let ends = track.parts.indices.map { "[p\($0)]" }
        let parts = zip(chains, ends).map { $0 + $1 + ";" }.joined()
        self.init(
            arguments: paths.flatMap(Self.open), graph: parts + ends.joined() + Self.join(track.parts, speakers),
            filters: [], subject: names)
    }

    /// The same sound through more filters.
    func through(_ more: [String]) -> SoundInput {
        SoundInput(arguments: arguments, graph: graph, filters: filters + more, subject: subject)
    }

    /// Arguments that select the sound for an output.
    var selection: [String] {
        let bare = graph.hasSuffix("]")
        let all = (bare && filters.isEmpty ? ["anull"] : filters).joined(separator: ",")
        let joint = bare || all.isEmpty ? "" : ","
        return ["-filter_complex", graph + joint + all + "[sound]", "-map", "[sound]"]
    }

    /// Layouts are as the file says or unknown, never guessed from a number of channels.
    private static func open(_ path: String) -> [String] {
        FFmpegCommand.input(path, options: ["-guess_layout_max", "0"])
    }

    static let sampleRate = 48000

    /// Filters that put sound on the picture's clock: its first sample at frame 0, its end at the last frame's.
    static func alignment(of part: TrackSource.Part, seconds: Double) -> [String] {
        let offset = Int((part.startSeconds * Double(sampleRate)).rounded())
        // In floating point nothing is lost to full scale before the gain is known.
        var filters = ["asetpts=PTS-STARTPTS", "aresample=\(sampleRate):async=1:out_sample_fmt=fltp"]
        if offset > 0 { filters.append("adelay=delays=\(offset)S:all=1") }
        if offset < 0 { filters += ["atrim=start_sample=\(-offset)", "asetpts=PTS-STARTPTS"] }
        let end = Int((seconds * Double(sampleRate)).rounded())
        return filters + ["apad=whole_len=\(end)", "atrim=end_sample=\(end)"]
    }

    /// Gives channels loudspeakers by number where the file's own labels do not count: filters want some. Those of
    /// one part of several are only there until the parts are joined.
    private static func labels(_ part: TrackSource.Part, of track: TrackSource) -> [String] {
        if track.parts.count == 1, let speakers = track.speakers, let name = SpeakerLayout.name(of: speakers) {
            let channels = speakers.enumerated().map { "\($1.rawValue)=c\($0)" }
            return ["pan=\(name)|" + channels.joined(separator: "|")]
        }
        guard track.parts.count > 1 || part.channels <= 2, let name = passing[part.channels] else { return [] }
        return ["pan=\(name)|" + (0..<part.channels).map { "c\($0)=c\($0)" }.joined(separator: "|")]
    }

    /// A layout of FFmpeg for each number of channels.
    private static let passing = [1: "mono", 2: "stereo", 3: "3.0", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"]

    /// The channels of several streams, each by its number.
    private static func join(_ parts: [TrackSource.Part], _ speakers: [Speaker]) -> String {
        let places = parts.enumerated().flatMap { number, part in (0..<part.channels).map { "\(number).\($0)" } }
        let map = zip(places, speakers).map { "\($0)-\($1.rawValue)" }.joined(separator: "|")
        let layout = SpeakerLayout.name(of: speakers) ?? "stereo"
        return "join=inputs=\(parts.count):channel_layout=\(layout):map=\(map)"
    }
}
