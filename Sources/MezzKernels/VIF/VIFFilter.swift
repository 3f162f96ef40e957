/// The low-pass filters of a scale. Taps are Q16 and add up to 65536.
///
/// Input rows come in pairs from `radius` rows above an even output row on, so that the output rows y and y+1 use the same
/// `ringPairs` pairs.
final class VIFFilter: Sendable {
    static let taps: [[UInt16]] = [
        [489, 935, 1640, 2640, 3896, 5274, 6547, 7455, 7784, 7455, 6547, 5274, 3896, 2640, 1640, 935, 489],
        [1244, 3663, 7925, 12590, 14692, 12590, 7925, 3663, 1244],
        [3571, 16004, 26386, 16004, 3571],
        [10904, 43728, 10904],
    ]
    /// The middle tap of scale 3 does not fit a signed 16-bit number: it is used in two halves.
    private static let half: UInt16 = 21_864
    private static let side: UInt16 = 10_904

    /// Samples the window reaches to each side.
    let radius: Int
    let ringPairs: Int
    /// Per entry of the row taps the pair it belongs to.
    let rowPairs: [Int]
    /// For the even and the odd output row.
    let rows: [TapPairs]
    let columns: TapPairs
    /// The next scale's filter for an even row of this scale, its columns and their reach.
    let nextRowPairs: [Int]
    let nextRow: TapPairs
    let nextColumns: TapPairs
    let nextRadius: Int

    init(scale: Int) {
        let reach = Self.taps[scale].count / 2
        radius = reach
        ringPairs = reach + 1
        columns = Self.columnTaps(scale)
        if scale < 3 {
            rowPairs = Self.entries(Array(0...reach))
            rows = [Self.pairs(Self.taps[scale], from: 0), Self.pairs(Self.taps[scale], from: -1)]
        } else {
            rowPairs = [0, 0, 1, 1, 1]
            rows = [
                TapPairs([(Self.side, Self.half), (0, Self.half), (Self.side, 0)]),
                TapPairs([(0, Self.side), (0, 0), (Self.half, Self.side), (Self.half, 0)]),
            ]
        }
        let next = min(scale + 1, 3)
        nextRadius = Self.taps[next].count / 2
        nextColumns = Self.columnTaps(next)
        if scale < 2 {
            let first = (reach - nextRadius) / 2
            nextRowPairs = Self.entries(Array(first...first + nextRadius))
            nextRow = Self.pairs(Self.taps[next], from: 0)
        } else {
            nextRowPairs = [0, 1, 1, 1, 1]
            nextRow = TapPairs([(0, Self.side), (Self.half, Self.side), (Self.half, 0)])
        }
    }

    /// As many entries as there are taps vectors; those to spare have taps of 0.
    private static func entries(_ pairs: [Int]) -> [Int] {
        pairs + Array(repeating: pairs[0], count: max(5 - pairs.count, 0))
    }

    private static func columnTaps(_ scale: Int) -> TapPairs {
        scale < 3 ? pairs(taps[scale], from: 0) : TapPairs([(side, half), (half, side)], columnStep: 2)
    }

    /// Pairs from tap `first` on, 0 outside the taps.
    private static func pairs(_ taps: [UInt16], from first: Int) -> TapPairs {
        let tap = { (index: Int) -> UInt16 in taps.indices.contains(index) ? taps[index] : 0 }
        return TapPairs((0...taps.count / 2).map { (tap(first + 2 * $0), tap(first + 2 * $0 + 1)) })
    }
}
