import Foundation
import MezzCore
import MezzFormats
import MezzMedia
import MezzPackaging
import MezzQC

/// The tracks of a package that is made of finished encodes.
struct EncodedTracks {
    let tracks: [PackageTrack]
    let expectation: PackageExpectation
    let rungs: [Rung]
    let sounds: [Sound]

    struct Rung {
        let id: String
        let codec: CodecFamily
        let size: Resolution
        let frames: Int
        let frameRate: Rational
        /// Frames that can be begun with, in the order of presentation.
        let keyFrames: [Int]
    }

    struct Sound {
        let id: String
        let codec: String
        let channels: Int
        let language: String
        let name: String
        let role: AudioRole
        let bytes: Int
    }

    /// The same with texts.
    func adding(_ texts: [(plan: TextTrackPlan, files: TextFiles)]) -> EncodedTracks {
        let more = texts.map { text in
            PackageTrack(
                id: text.plan.id, kind: .text, file: text.files.input,
                language: LanguageCode.known(text.plan.wish.language), isDefault: text.plan.wish.isDefault,
                name: text.plan.name, keyLabel: nil, purpose: TrackPurpose(text.plan.wish.kind),
                sidecar: text.files.delivered)
        }
        let whole = PackageExpectation(
            rungs: expectation.rungs, audio: expectation.audio,
            text: texts.map { PackageExpectation.Text(id: $0.plan.id) }, videoSeconds: expectation.videoSeconds,
            segmentSeconds: expectation.segmentSeconds)
        return EncodedTracks(tracks: tracks + more, expectation: whole, rungs: rungs, sounds: sounds)
    }
}

/// Puts each stream into an MP4 of its own where it is not in one, and names it.
struct EncodedTrackMaker {
    let runner: ToolRunner
    let folder: String
    let segmentSeconds: Double

    func make(_ streams: [EncodedStream]) async throws -> EncodedTracks {
        var video: [(rung: EncodedTracks.Rung, track: PackageTrack)] = []
        var audio: [(sound: EncodedTracks.Sound, track: PackageTrack)] = []
        let sounds = streams.filter { !$0.isVideo }
        let names = Self.names(sounds)
        let main = (sounds.first(where: \.isDefault) ?? sounds.first)?.language
        for (number, stream) in streams.enumerated() {
            let file = try await alone(stream, number)
            switch stream.kind {
            case .video(let codec, let size):
                let (frames, rate, keyFrames) = try Self.pictures(file, stream)
                let id = Self.unique(
                    Self.id(codec, size, try Self.rate(file, frames, rate)), among: video.map(\.rung.id))
                let rung = EncodedTracks.Rung(
                    id: id, codec: codec, size: size, frames: frames, frameRate: rate, keyFrames: keyFrames)
                video.append(
                    (rung, PackageTrack(id: id, kind: .video, file: file, keyLabel: KeyLabel(size))))
            case .audio(let codec, let channels, let role):
                let place = audio.count
                let id = "\(codec)-\(place + 1)-\(AudioTracks.safe(stream.language))"
                let sound = EncodedTracks.Sound(
                    id: id, codec: codec, channels: channels, language: stream.language, name: names[place],
                    role: role, bytes: try FileBytes(file, followsLinks: true).count)
                let track = PackageTrack(
                    id: id, kind: .audio, file: file, language: LanguageCode.known(stream.language),
                    isDefault: false, name: names[place], channels: channels, group: group(codec, channels, sounds),
                    purpose: TrackPurpose(role, isDub: LanguageCode.differ(stream.language, main)))
                audio.append((sound, track))
            }
        }
        guard let first = video.first?.rung else {
            throw Failure(
                .input, what: "there is no picture among the files", place: "mezz package",
                remedy: "name a file with AVC, HEVC or AV1 video as well")
        }
        try SegmentBorders(seconds: segmentSeconds).check(video.map(\.rung))
        return EncodedTracks(
            tracks: video.map(\.track) + Self.withDefaults(audio.map(\.track), sounds),
            expectation: Self.expectation(video.map(\.rung), audio.map(\.sound), segmentSeconds, first),
            rungs: video.map(\.rung), sounds: audio.map(\.sound))
    }

    // MARK: Files

    /// The stream in an MP4 without others. Samples are copied, not encoded.
    private func alone(_ stream: EncodedStream, _ number: Int) async throws -> String {
        if stream.isAlone { return URL(fileURLWithPath: stream.input.path).path }
        let name = "stream-\(number).mp4"
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(URL(fileURLWithPath: stream.input.path).path) + [
                "-map", "0:\(stream.number)", "-c", "copy",
            ]
            + FFmpegCommand.reproducible + ["-f", "mp4", name]
        try await runner.run(
            ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: stream.input.path.printable))
        return folder + "/" + name
    }

    /// Number and rate of the pictures, which must have equal lengths.
    private static func pictures(_ file: String, _ stream: EncodedStream) throws -> (
        frames: Int, rate: Rational, keyFrames: [Int]
    ) {
        func refuse(_ what: String, _ remedy: String) -> Failure {
            Failure(.input, what: what, place: stream.input.path.printable, remedy: remedy)
        }
        do {
            let source = try FileBytes(file, followsLinks: true)
            guard let track = try MP4File.read(source).movie?.tracks.first(where: { $0.handler == "vide" }) else {
                throw refuse("has no picture in its MP4", "encode it again")
            }
            let samples = try TrackSamples.read(source, track: track.id).samples
            guard let duration = samples.first?.duration, duration > 0 else {
                throw refuse("has no pictures", "encode it again")
            }
            if let odd = samples.firstIndex(where: { $0.duration != duration }), odd < samples.count - 1 {
                throw refuse(
                    "the pictures have unequal lengths, first at frame \(odd)",
                    "put them into MP4 at a constant frame rate; containers that count milliseconds round them")
            }
            let start = samples.map(\.presentationTime).min() ?? 0
            guard let rate = Rational(Int64(track.timescale), Int64(duration)) else {
                throw refuse("has a clock that cannot be read", "encode it again")
            }
            let keyFrames = samples.filter(\.isSync).map { ($0.presentationTime - start) / Int(duration) }
            return (samples.count, rate, keyFrames.sorted())
        } catch let error as FormatError {
            throw refuse("cannot be read: \(error)", "encode it again")
        }
    }

    private static func rate(_ file: String, _ frames: Int, _ rate: Rational) throws -> Int {
        let seconds = max(rate.seconds(ofFrame: frames), 0.001)
        return Int((Double(try FileBytes(file, followsLinks: true).count) * 8 / seconds / 1000).rounded())
    }

    // MARK: Names

    private static func id(_ codec: CodecFamily, _ size: Resolution, _ kilobits: Int) -> String {
        "\(codec.rawValue)-\(size.height)p-\(kilobits)k"
    }

    private static func unique(_ id: String, among others: [String]) -> String {
        guard others.contains(id) else { return id }
        return (2...).lazy.map { "\(id)-\($0)" }.first { !others.contains($0) } ?? id
    }

    /// No two alike: tracks of one name would be taken for bitrates of one.
    private static func names(_ sounds: [EncodedStream]) -> [String] {
        var taken: Set<String> = []
        return sounds.enumerated().map { number, stream in
            var name = stream.title ?? LanguageName.of(stream.language) ?? "Audio \(number + 1)"
            while !taken.insert(name).inserted { name += " \(number + 1)" }
            return name
        }
    }

    /// One group for each codec and number of channels.
    private func group(_ codec: String, _ channels: Int, _ sounds: [EncodedStream]) -> String {
        let counts = Set(
            sounds.compactMap { stream -> Int? in
                guard case .audio(codec, let channels, _) = stream.kind else { return nil }
                return channels
            })
        return counts.count > 1 ? "\(codec)-\(channels)ch" : codec
    }

    /// In each group one track is the default: the one that was marked, else the first.
    private static func withDefaults(_ tracks: [PackageTrack], _ streams: [EncodedStream]) -> [PackageTrack] {
        var taken: Set<String> = []
        let marked = zip(tracks, streams).filter(\.1.isDefault).map(\.0.id)
        return tracks.map { track in
            let mates = tracks.filter { $0.group == track.group }
            let chosen = mates.first { marked.contains($0.id) } ?? mates.first
            let isDefault = chosen?.id == track.id && taken.insert(track.group ?? "").inserted
            return PackageTrack(
                id: track.id, kind: .audio, file: track.file, language: track.language, isDefault: isDefault,
                name: track.name, channels: track.channels, group: track.group, purpose: track.purpose)
        }
    }

    private static func expectation(
        _ rungs: [EncodedTracks.Rung], _ sounds: [EncodedTracks.Sound], _ segmentSeconds: Double,
        _ first: EncodedTracks.Rung
    ) -> PackageExpectation {
        let seconds = first.frameRate.seconds(ofFrame: first.frames)
        return PackageExpectation(
            rungs: rungs.map { rung in
                PackageExpectation.Rung(
                    id: rung.id, codec: rung.codec, width: rung.size.width, height: rung.size.height,
                    frames: rung.frames, frameRate: rung.frameRate)
            },
            audio: sounds.map { PackageExpectation.Audio(id: $0.id, seconds: seconds) }, videoSeconds: seconds,
            segmentSeconds: segmentSeconds)
    }
}
