/// What inspection learned of a source: everything later stages need to read it frame by frame.
package struct SourceInfo: Hashable, Codable, Sendable {
    package let container: String
    package let bytes: Int
    /// As the container declares it; `nil` when it declares none.
    package let durationSeconds: Double?
    package let video: VideoStreamInfo
    package let audio: [AudioStreamInfo]
    package let findings: [Finding]
    /// Whether the picture's own stream carries HDR10+ metadata (SMPTE ST 2094-40).
    package let carriesHDR10Plus: Bool

    package init(
        container: String, bytes: Int, durationSeconds: Double?, video: VideoStreamInfo, audio: [AudioStreamInfo],
        findings: [Finding], carriesHDR10Plus: Bool = false
    ) {
        self.container = container
        self.bytes = bytes
        self.durationSeconds = durationSeconds
        self.video = video
        self.audio = audio
        self.findings = findings
        self.carriesHDR10Plus = carriesHDR10Plus
    }
}

extension SourceInfo {
    /// The same with light levels that were measured, where the source states none.
    package func stating(_ light: HDRMetadata.Light?) -> SourceInfo {
        SourceInfo(
            container: container, bytes: bytes, durationSeconds: durationSeconds, video: video.stating(light),
            audio: audio, findings: findings, carriesHDR10Plus: carriesHDR10Plus)
    }
}

/// The picture track and how mezz reads it.
package struct VideoStreamInfo: Hashable, Codable, Sendable {
    /// Stream index in the container.
    package let stream: Int
    package let codec: String
    package let coded: Resolution
    /// Size after rotation, square pixels and cropping to even sides: what "the source's size" means everywhere.
    package let display: Resolution
    package let frameRate: Rational
    package let pixelFormat: String
    package let bitDepth: Int
    package let color: ColorDescription
    /// Filters that turn decoded frames into source frames (FFmpeg syntax, in order); the same for every reader.
    package let filters: [String]
    /// Whether one of the filters needs frames before the wanted one (de-interlacing, rate conversion).
    package let filtersLookBack: Bool
    /// Whether the source's own clock is irregular and was put on a constant grid.
    package let isVariableRate: Bool
    /// Presentation time of frame 0 on the clock that starts at the file's start.
    package let firstFrameSeconds: Double
    /// How many frames the container leads us to expect; the index counts the real ones.
    package let expectedFrames: Int

    package init(
        stream: Int, codec: String, coded: Resolution, display: Resolution, frameRate: Rational, pixelFormat: String,
        bitDepth: Int, color: ColorDescription, filters: [String], filtersLookBack: Bool, isVariableRate: Bool,
        firstFrameSeconds: Double, expectedFrames: Int
    ) {
        self.stream = stream
        self.codec = codec
        self.coded = coded
        self.display = display
        self.frameRate = frameRate
        self.pixelFormat = pixelFormat
        self.bitDepth = bitDepth
        self.color = color
        self.filters = filters
        self.filtersLookBack = filtersLookBack
        self.isVariableRate = isVariableRate
        self.firstFrameSeconds = firstFrameSeconds
        self.expectedFrames = expectedFrames
    }
}

extension VideoStreamInfo {
    /// The same with light levels that were measured, where the source states none.
    package func stating(_ light: HDRMetadata.Light?) -> VideoStreamInfo {
        guard let light, color.hdr?.light == nil else { return self }
        var color = color
        color.hdr = HDRMetadata(display: color.hdr?.display, light: light)
        return VideoStreamInfo(
            stream: stream, codec: codec, coded: coded, display: display, frameRate: frameRate,
            pixelFormat: pixelFormat, bitDepth: bitDepth, color: color, filters: filters,
            filtersLookBack: filtersLookBack, isVariableRate: isVariableRate, firstFrameSeconds: firstFrameSeconds,
            expectedFrames: expectedFrames)
    }

    /// The same read with `filters` more, of which a picture of `display` comes.
    package func reading(display: Resolution, adding filters: [String]) -> VideoStreamInfo {
        VideoStreamInfo(
            stream: stream, codec: codec, coded: coded, display: display, frameRate: frameRate,
            pixelFormat: pixelFormat, bitDepth: bitDepth, color: color, filters: self.filters + filters,
            filtersLookBack: filtersLookBack, isVariableRate: isVariableRate, firstFrameSeconds: firstFrameSeconds,
            expectedFrames: expectedFrames)
    }
}

/// What a sound track is for.
package enum AudioRole: String, Codable, Hashable, Sendable, CaseIterable {
    case main
    /// Somebody talks about the title while it plays.
    case commentary
    /// The picture is described for those who do not see it.
    case description
    /// The dialogue stands out for those who hear it badly.
    case dialogue

    /// - Parameter dispositions: What a file marks a track as, by FFmpeg's names; 1 where it does.
    package init(dispositions: [String: Int]) {
        func isMarked(_ names: String...) -> Bool { names.contains { dispositions[$0] == 1 } }
        if isMarked("comment") {
            self = .commentary
        } else if isMarked("visual_impaired", "descriptions") {
            self = .description
        } else {
            self = isMarked("hearing_impaired") ? .dialogue : .main
        }
    }
}

/// One sound track.
package struct AudioStreamInfo: Hashable, Codable, Sendable {
    package let stream: Int
    package let codec: String
    package let channels: Int
    /// `nil` when the channels have no labels.
    package let layout: String?
    package let sampleRate: Int
    /// BCP 47, "und" when unknown.
    package let language: String
    /// Start relative to the first picture, seconds.
    package let startSeconds: Double
    /// As the file's dispositions say.
    package let role: AudioRole
    /// Whether the file marks it as the one to play.
    package let isDefault: Bool
    /// What the file calls it.
    package let title: String?

    package init(
        stream: Int, codec: String, channels: Int, layout: String?, sampleRate: Int, language: String,
        startSeconds: Double, role: AudioRole = .main, isDefault: Bool = false, title: String? = nil
    ) {
        self.stream = stream
        self.codec = codec
        self.channels = channels
        self.layout = layout
        self.sampleRate = sampleRate
        self.language = language
        self.startSeconds = startSeconds
        self.role = role
        self.isDefault = isDefault
        self.title = title
    }
}
