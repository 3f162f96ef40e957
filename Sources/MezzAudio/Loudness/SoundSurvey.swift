package import MezzCore

/// What was measured on one sound track.
package struct SoundSurvey: Sendable {
    package let stream: Int
    package let map: ChannelMap
    package let sampleRate: Int
    /// Frames (one sample of each channel).
    package let frames: Int
    package let loudness: Loudness
    package let trace: LoudnessTrace
    /// What sounds when; empty when nobody looked.
    package let segments: [SoundSegment]
    package let findings: [Finding]

    package var seconds: Double { Double(frames) / Double(sampleRate) }
}
