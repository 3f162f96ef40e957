import Foundation

/// The title of most end-to-end tests: six shots of a second each, with sound, a fade through black and a flash.
package enum SixShots {
    package static let file = "six.mkv"
    package static let width = 320
    package static let height = 180
    package static let frames = 144
    package static let seconds = 6.0
    /// Where one shot is cut to the next, without warning.
    package static let hardCuts = [24, 48, 72, 120]
    /// The picture is black here, between the fourth shot and the fifth.
    package static let fade = 92...104
    /// Two white frames inside the third shot: no cut.
    package static let flash = 60...61

    private static let shots = [
        "gradients=s=320x180:r=24:speed=0.01:seed=4:c0=0x103060:c1=0xe0a040:n=2",
        "testsrc2=s=320x180:r=24",
        "mandelbrot=s=320x180:r=24:start_scale=1.2:end_scale=0.7:end_pts=60,"
            + "drawbox=t=fill:c=white:enable='between(n,12,13)'",
        "gradients=s=320x180:r=24:speed=0.03:n=3:c0=0xd04020:c1=0x20b050:c2=0xf0e060:x0=20:y0=20:x1=300:y1=160:type=radial,"
            + "fade=t=out:s=14:n=10",
        "sierpinski=s=320x180:r=24:seed=3,gblur=sigma=1,fade=t=in:s=0:n=10",
        "testsrc=s=320x180:r=24,hue=h=90,gblur=sigma=0.7",
    ]

    private static let sound =
        "aevalsrc=0.2*sin(2*PI*(220+40*floor(t))*t)*(0.6+0.4*sin(2*PI*t))|0.15*sin(2*PI*330*t):s=48000:d=6"

    /// A second sound track of another language and loudness.
    private static let secondSound = "aevalsrc=0.5*sin(2*PI*500*t):s=44100:d=6"

    /// Makes the title in `folder` and returns its path.
    /// - Parameter languages: One sound track for each, at most two.
    @discardableResult
    package static func make(
        in folder: TestFolder, as file: String = file, languages: [String] = ["eng"]
    ) async throws -> String {
        var arguments: [String] = []
        for shot in shots { arguments += ["-f", "lavfi", "-t", "1", "-i", shot] }
        for sound in [sound, secondSound].prefix(languages.count) { arguments += ["-f", "lavfi", "-i", sound] }
        let pictures = shots.indices.map { "[\($0):v]format=yuv420p,setsar=1[v\($0)]" }.joined(separator: ";")
        let joined = shots.indices.map { "[v\($0)]" }.joined() + "concat=n=\(shots.count)[v]"
        arguments += ["-filter_complex", pictures + ";" + joined, "-map", "[v]"]
        for (number, language) in languages.enumerated() {
            arguments += ["-map", "\(shots.count + number):a", "-metadata:s:a:\(number)", "language=\(language)"]
        }
        return try await MediaMaker(in: folder).make(
            file, arguments + ["-c:v", "ffv1", "-c:a", "flac", "-f", "matroska"])
    }
}
