import MezzAnalysis
import MezzCore
import MezzPixels
import Testing

@Suite("Credits")
struct CreditsFinderTests {
    /// What one frame shows.
    enum Scene {
        case picture
        case black
        case card
        case logo
    }

    /// 24 frames/s, seconds of each scene.
    private static func credits(_ scenes: [(Scene, Double)]) -> [Credits] {
        var finder = CreditsFinder()
        for (scene, seconds) in scenes {
            for number in 0..<Int(seconds * 24) {
                luma(scene, number).withUnsafeBytes { finder.add($0) }
            }
        }
        return finder.credits(frameRate: Rational(24))
    }

    private static func luma(_ scene: Scene, _ number: Int) -> [UInt8] {
        var samples = [UInt8](repeating: 16, count: Thumbnail.lumaBytes)
        for y in 0..<Thumbnail.height {
            for x in 0..<Thumbnail.width {
                let place = y * Thumbnail.width + x
                switch scene {
                case .black: break
                // A night: dark and uneven, with lights.
                case .picture: samples[place] = UInt8(16 + (x * 7 + y * 13 + number) % 61 + (x % 40 == 0 ? 150 : 0))
                // Lines of words, rolling.
                case .card:
                    if (y + number / 4) % 8 < 2, (30..<98).contains(x), x % 7 < 4 { samples[place] = 200 }
                case .logo: if (20..<52).contains(y), (40..<88).contains(x) { samples[place] = 220 }
                }
            }
        }
        return samples
    }

    @Test("text on black at the end is closing credits, from its first frame to its last")
    func closing() {
        let found = Self.credits([(.picture, 60), (.black, 1), (.card, 20), (.black, 2)])
        #expect(found == [Credits(kind: .closing, frames: FrameRange(first: 61 * 24, end: 81 * 24))])
    }

    @Test("cards with black and short pictures between them are one stretch; a logo may follow")
    func cards() {
        let found = Self.credits([
            (.picture, 60), (.card, 4), (.black, 2), (.card, 4), (.picture, 1), (.card, 4), (.black, 2), (.logo, 4),
        ])
        #expect(found == [Credits(kind: .closing, frames: FrameRange(first: 60 * 24, end: 75 * 24))])
    }

    @Test("text after a logo at the beginning is opening credits")
    func opening() {
        let found = Self.credits([(.logo, 5), (.black, 1), (.card, 10), (.picture, 60)])
        #expect(found == [Credits(kind: .opening, frames: FrameRange(first: 6 * 24, end: 16 * 24))])
    }

    @Test("a title card in the middle, a moment of text, a dark night and a logo alone are no credits")
    func others() {
        #expect(Self.credits([(.picture, 40), (.card, 5), (.picture, 40)]).isEmpty)
        #expect(Self.credits([(.picture, 60), (.card, 1), (.black, 3)]).isEmpty)
        #expect(Self.credits([(.picture, 60)]).isEmpty)
        #expect(Self.credits([(.logo, 5), (.picture, 60), (.logo, 5)]).isEmpty)
        #expect(Self.credits([(.black, 60)]).isEmpty)
    }

    @Test("a title that is nothing but cards has no credits, nor has one without frames")
    func extremes() {
        #expect(Self.credits([(.card, 60)]).isEmpty)
        #expect(Self.credits([]).isEmpty)
        #expect(Self.credits([(.card, 1.0 / 24)]).isEmpty)
    }
}
