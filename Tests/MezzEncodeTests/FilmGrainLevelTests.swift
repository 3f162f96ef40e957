import MezzCore
import MezzEncode
import Testing

@Suite("Levels of film grain")
struct FilmGrainLevelTests {
    @Test("The level is ten times the deviation, inside the encoder's range")
    func level() throws {
        for (deviation, level) in [(1.0, 10), (2.34, 23), (4.96, 50), (12, 50), (1e300, 50)] {
            #expect(FilmGrain(deviation: deviation, height: 1080)?.level == level)
        }
        for weak in [0, 0.99, -3, .nan, .infinity] { #expect(FilmGrain(deviation: weak, height: 1080) == nil) }
        #expect(FilmGrain(level: 0, height: 0).level == 1 && FilmGrain(level: 99, height: 1).level == 50)
    }

    @Test("A smaller picture has weaker grain, but never none: all rungs' chunks share their headers")
    func smaller() {
        let grain = FilmGrain(level: 40, height: 1080)
        let heights = [2160, 1080, 540, 270, 2]
        #expect(heights.map { grain.level(at: Resolution(width: 2 * $0, height: $0)) } == [50, 40, 20, 10, 1])
    }

    @Test("The encoder is asked to take the grain out and to describe it")
    func arguments() throws {
        let size = Resolution(width: 1280, height: 720)
        var recipe = VideoRecipe(
            codec: .av1, preset: "8", resolution: size, frameRate: try #require(Rational(24, 1)), bitDepth: 10,
            color: ColorDescription(primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv"))
        #expect(!SVTAV1().arguments(recipe, crf: 30).joined().contains("film-grain"))
        recipe.filmGrain = FilmGrain(level: 30, height: 1080)
        #expect(SVTAV1().arguments(recipe, crf: 30).joined().contains("film-grain=20:film-grain-denoise=1"))
        #expect(SVTAV1.denoising(FilmGrain(level: 30, height: 1080), size).contains { $0.contains("film-grain=20:") })
    }
}
