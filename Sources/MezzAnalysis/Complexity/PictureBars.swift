package import MezzCore

/// Black lines at a picture's four sides, counted in samples of that picture.
package struct PictureBars: Hashable, Sendable {
    package var top: Int
    package var bottom: Int
    package var left: Int
    package var right: Int

    /// No bars at all.
    package static let absent = PictureBars(top: 0, bottom: 0, left: 0, right: 0)

    /// Luma up to which a line is black: limited range's 16 and what a lossy codec adds.
    private static let black: UInt8 = 26
    /// The largest share of a side that both bars together may take.
    private static let most = 0.7
    /// Least share of a picture inside bars on all four sides: a smaller one is something that stands on black.
    private static let leastWindow = 0.5
    /// How far opposite bars may differ: a share of the side, and samples.
    private static let skew = (share: 0.02, samples: 1)

    /// - Parameters: Lines at each side.
    package init(top: Int, bottom: Int, left: Int, right: Int) {
        self.top = top
        self.bottom = bottom
        self.left = left
        self.right = right
    }

    /// - Returns: `nil` when the picture is black from side to side and tells nothing. Dark ground at one side alone is
    ///   no bar: opposite bars are alike.
    package init?(of luma: PlaneView) {
        let (top, bottom) = Self.dark(luma.height) { y in
            Self.isBlack(luma.row(y), count: luma.width, step: 1)
        }
        let (left, right) = Self.dark(luma.width) { x in
            Self.isBlack(luma.base + x, count: luma.height, step: luma.stride)
        }
        guard top < luma.height, left < luma.width else { return nil }
        let rows = Self.alike(top, bottom, of: luma.height)
        let columns = Self.alike(left, right, of: luma.width)
        self.init(top: rows.0, bottom: rows.1, left: columns.0, right: columns.1)
        let inside = (luma.height - top - bottom) * (luma.width - left - right)
        let isWindow = rows != (0, 0) && columns != (0, 0)
        if isWindow, Double(inside) < Self.leastWindow * Double(luma.width * luma.height) { self = .absent }
    }

    /// What lies inside.
    func area(of plane: PlaneView) -> PlaneArea {
        PlaneArea(rows: top..<plane.height - bottom, columns: left..<plane.width - right)
    }

    /// The bars that two pictures share.
    func common(_ other: PictureBars) -> PictureBars {
        PictureBars(
            top: min(top, other.top), bottom: min(bottom, other.bottom), left: min(left, other.left),
            right: min(right, other.right))
    }

    /// In rows and columns of the source; `nil` for no bars. Exact to one reduced row: a row in part black is picture.
    package func scaled(from reduced: Resolution, to source: Resolution) -> BlackBars? {
        guard self != .absent else { return nil }
        func rows(_ count: Int) -> Int { count * source.height / reduced.height }
        func columns(_ count: Int) -> Int { count * source.width / reduced.width }
        return BlackBars(top: rows(top), bottom: rows(bottom), left: columns(left), right: columns(right))
    }

    /// Black lines at both ends of a side.
    private static func dark(_ count: Int, _ isBlack: (Int) -> Bool) -> (Int, Int) {
        let first = (0..<count).first { !isBlack($0) } ?? count
        guard first < count else { return (count, count) }
        let last = (0..<count).last { !isBlack($0) } ?? 0
        return (first, count - 1 - last)
    }

    private static func alike(_ first: Int, _ last: Int, of side: Int) -> (Int, Int) {
        let difference = Double(abs(first - last))
        let allowed = max(skew.share * Double(side), Double(skew.samples))
        let isLikely = difference <= allowed && Double(first + last) <= most * Double(side)
        return isLikely && first > 0 && last > 0 ? (first, last) : (0, 0)
    }

    private static func isBlack(_ first: UnsafePointer<UInt8>, count: Int, step: Int) -> Bool {
        for number in 0..<count where first[number * step] > black { return false }
        return true
    }
}
