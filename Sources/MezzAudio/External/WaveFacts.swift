import MezzCore
import MezzFormats

/// What the header of a WAVE file says.
struct WaveFacts {
    let channels: Int
    /// Hz.
    let sampleRate: Int
    let seconds: Double

    /// - Throws: `Failure` with `input` for anything else than RIFF, RF64 or BW64 with samples.
    init(_ path: String) throws(Failure) {
        do {
            let file = try BW64File(FileBytes(path, followsLinks: true))
            channels = file.format.channels
            sampleRate = file.format.sampleRate
            seconds = file.seconds
        } catch {
            throw Failure(
                .input, what: "is no WAVE file: \(error.what)", place: path.printable,
                remedy: "external encoders are given WAVE or ADM BWF files")
        }
    }
}
