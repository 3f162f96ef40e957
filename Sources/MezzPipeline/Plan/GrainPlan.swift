import MezzCore
import MezzEncode

/// Which grain a title's AV1 rungs leave to the decoder.
enum GrainPlan {
    /// - Parameters:
    ///   - shots: With `complexity` of each.
    ///   - display: Size of the source's picture.
    static func grain(
        _ wish: FilmGrainWish, shots: [Shot], complexity: [ShotComplexity], display: Resolution
    ) -> FilmGrain? {
        switch wish {
        case .off: nil
        case .level(let level): FilmGrain(level: level, height: display.height)
        case .automatic: FilmGrain(deviation: deviation(shots, complexity), height: display.height)
        }
    }

    /// Mean over the title's frames that show something: black frames have no grain and say nothing about the film.
    static func deviation(_ shots: [Shot], _ complexity: [ShotComplexity]) -> Double {
        let seen = zip(shots, complexity).filter { !$1.isBlack }
        let frames = seen.reduce(0) { $0 + $1.0.frames.count }
        guard frames > 0 else { return 0 }
        return seen.reduce(0) { $0 + $1.1.grain * Double($1.0.frames.count) } / Double(frames)
    }
}
