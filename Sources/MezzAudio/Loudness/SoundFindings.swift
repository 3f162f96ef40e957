import Foundation
import MezzCore

/// What is worth telling of a track that was measured.
enum SoundFindings {
    /// Samples louder than this were cut off before, or will be in a player.
    private static let fullScale = 0.0

    static func of(
        _ map: ChannelMap, _ loudness: Loudness, stream: Int, spoiled: Int, complaints: [String]
    ) -> [Finding] {
        let place = Finding.Place(stream: String(stream))
        var findings: [Finding] = []
        if map.isAssumed {
            findings.append(
                Finding(
                    "audio.layout-assumed", .warning,
                    "\(map.speakers.count) channels without labels, measured as \(map.text)", place: place,
                    remedy: "label the channels in the master, then measure again"))
        }
        if spoiled > 0 {
            findings.append(
                Finding(
                    "audio.samples-spoiled", .warning, "\(spoiled) samples are no numbers; they count as silence",
                    place: place, remedy: "export the sound again"))
        }
        if let complaint = complaints.last(where: { !$0.isEmpty }) {
            findings.append(
                Finding(
                    "audio.decode-errors", .warning, "the decoder complained: \(complaint.printable)", place: place,
                    remedy: "listen to the track; export it again if it is damaged"))
        }
        if loudness.integrated == nil {
            findings.append(
                Finding(
                    "audio.silent", .warning, "the track is silent", place: place,
                    remedy: "check that the right track was delivered"))
        }
        if let peak = loudness.truePeak, peak > fullScale {
            findings.append(
                Finding(
                    "audio.clipped", .warning, String(format: "true peak %.1f dBTP is over full scale", peak),
                    place: place, remedy: "lower the level before the peaks were cut off, where that mix still exists"))
        }
        return findings
    }
}
