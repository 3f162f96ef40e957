import Foundation
import MezzCore

extension ShotList {
    /// A CMX 3600 edit decision list that lays the shots end to end: dissolves as `D`, wipes as `W001`, everything
    /// else as cuts, time codes counted without drop frame.
    var edl: String {
        let name = (source as NSString).lastPathComponent.printable
        var lines = ["TITLE: \(name)", "FCM: NON-DROP FRAME", ""]
        for (number, shot) in shots.enumerated() {
            let (start, end) = (timeCode(shot.frames.first), timeCode(shot.frames.end))
            lines.append(
                String(format: "%03d  AX       V     ", number + 1) + kind(shot) + " \(start) \(end) \(start) \(end)")
            lines.append("* FROM CLIP NAME: \(name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func kind(_ shot: Shot) -> String {
        let length = String(format: "%03d", min(999, shot.transitionFrames?.count ?? 0))
        return switch shot.transition {
        case .dissolve: "D    \(length)"
        case .wipe: "W001 \(length)"
        case .start, .cut, .fade: "C       "
        }
    }

    /// Hours, minutes, seconds and frames, counted in whole frames a second.
    private func timeCode(_ frame: Int) -> String {
        let rate = max(1, Int(frameRate.value.rounded()))
        let seconds = frame / rate
        return String(
            format: "%02d:%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60, frame % rate)
    }
}
