/// Looks for the finest quantizer whose stream the level still holds.
///
/// Rate control would need seconds to settle; noise costs the same bits in every frame, so a constant quantizer says
/// all. Its bits fall along a line, which ends near the coarsest quantizer (measured: within a tenth, with x264, x265
/// and libaom).
package struct QuantizerSearch: Sendable {
    /// How near the bits must come, as a share of the limit; 0 takes the first quantizer that fits.
    private let goal: Double
    /// Where noise's bits vanish.
    private let end: Double
    private var tooFine: Point
    private var fits: Point
    private var tries = 0
    private var following: Int?
    /// The quantizer that came nearest from below.
    package private(set) var best: Int?

    /// Tries after which halving takes over from the line.
    private static let patience = 5

    private struct Point {
        let quantizer: Int
        /// `nil` at the ends of the range, where nothing was tried.
        var share: Double?
    }

    /// - Parameters:
    ///   - range: Quantizers of the encoder, the finest first.
    ///   - end: The quantizer at which noise would take no bits, beyond `range`.
    package init(_ range: ClosedRange<Int>, first: Int, end: Double, goal: Double) {
        self.goal = goal
        self.end = end
        tooFine = Point(quantizer: range.lowerBound - 1)
        fits = Point(quantizer: range.upperBound + 1)
        following = min(max(first, range.lowerBound), range.upperBound)
    }

    /// What to try; `nil` when nothing better can be found.
    package var next: Int? { following }

    /// Notes the outcome of ``next``.
    /// - Parameters:
    ///   - share: Bits over the limit.
    ///   - isHeld: Whether the level holds the stream.
    package mutating func note(share: Double, isHeld: Bool) {
        guard let tried = following else { return }
        tries += 1
        let known = share.isFinite ? min(max(share, 1e-6), 1e6) : 1
        if isHeld {
            fits = Point(quantizer: tried, share: known)
            best = tried
        } else {
            tooFine = Point(quantizer: tried, share: known)
        }
        let room = tooFine.quantizer + 1..<fits.quantizer
        guard !room.isEmpty, !(isHeld && share >= goal) else {
            following = nil
            return
        }
        let guess = tries < Self.patience ? onLine(Point(quantizer: tried, share: known)) : middle(of: room)
        following = Int(min(max(guess.rounded(.up), Double(room.lowerBound)), Double(room.upperBound - 1)))
    }

    private func middle(of room: Range<Int>) -> Double { Double(room.lowerBound + room.upperBound - 1) / 2 }

    /// Where the line reaches halfway between goal and limit: through both neighbours, or through one and the end.
    private func onLine(_ point: Point) -> Double {
        let aim = (goal + 1) / 2
        guard let high = tooFine.share, let low = fits.share, high > low else {
            return end - (end - Double(point.quantizer)) * aim / (point.share ?? 1)
        }
        let width = Double(fits.quantizer - tooFine.quantizer)
        return Double(tooFine.quantizer) + width * (high - aim) / (high - low)
    }
}
