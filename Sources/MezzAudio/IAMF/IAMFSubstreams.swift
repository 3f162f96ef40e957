extension ImmersiveLayout {
    /// Channels of an IAMF audio element's substreams, coupled pairs first, in the order that IAMF 1.1 section 3.7.3.2
    /// demands: front, side, back, upper front, upper back; then centre and low frequency.
    var substreams: [[Speaker]] {
        let pairs: [[Speaker]] = [
            [.frontLeft, .frontRight], [.sideLeft, .sideRight], [.backLeft, .backRight],
            [.topFrontLeft, .topFrontRight], [.topBackLeft, .topBackRight],
        ]
        let singles: [[Speaker]] = [[.frontCenter], [.lowFrequency]]
        return (pairs + singles).filter { $0.allSatisfy(speakers.contains) }
    }

    /// What FFmpeg calls IAMF's loudspeaker layout and BS.2051's system: their surrounds of 5.1 stand at the sides.
    var elementLayout: String { self == .fiveOne ? "5.1(side)" : ffmpegName }

    /// Mixes to two channels as ITU-R BS.775-4 Annex 4 does, with channels above and beside like those in front or
    /// behind at −3 dB; the low-frequency channel is left out.
    var stereoMix: String {
        func side(_ front: Speaker, _ others: [Speaker]) -> String {
            ([front.rawValue] + others.filter(speakers.contains).map { "0.7071*\($0.rawValue)" }).joined(separator: "+")
        }
        let left = side(.frontLeft, [.frontCenter, .sideLeft, .backLeft, .topFrontLeft, .topBackLeft])
        let right = side(.frontRight, [.frontCenter, .sideRight, .backRight, .topFrontRight, .topBackRight])
        return "pan=stereo|FL=\(left)|FR=\(right)"
    }
}
