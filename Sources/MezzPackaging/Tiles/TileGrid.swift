package import MezzCore

/// How a title's pictures stand on sheets for a player's time line: one every so many frames, row by row.
package struct TileGrid: Codable, Hashable, Sendable {
    /// Frames from one picture to the next.
    package let step: Int
    package let pictures: Int
    package let frameRate: Rational
    /// Size of one picture.
    package let tile: Resolution

    package static let columns = 5
    package static let rows = 5
    private static let longSide = 160

    /// - Parameter picture: Size of the pictures that they are made of.
    package init(frames: Int, frameRate: Rational, picture: Resolution) {
        let seconds = frameRate.seconds(ofFrame: frames)
        let interval: Double =
            switch seconds {
            case ..<60: 1
            case ..<600: 2
            case ..<3600: 5
            default: 10
            }
        step = max(1, Int((interval * frameRate.value).rounded()))
        pictures = max(1, (frames + step - 1) / step)
        self.frameRate = frameRate
        tile = Self.tile(picture)
    }

    private static func tile(_ picture: Resolution) -> Resolution {
        func even(_ length: Double) -> Int { max(2, Int((length / 2).rounded()) * 2) }
        let scale = Double(longSide) / Double(max(picture.width, picture.height, 1))
        return Resolution(width: even(Double(picture.width) * scale), height: even(Double(picture.height) * scale))
    }

    var onSheet: Int { Self.columns * Self.rows }
    package var sheets: Int { (pictures + onSheet - 1) / onSheet }
    /// Exact, in seconds.
    var interval: Double { frameRate.seconds(ofFrame: step) }

    /// The file's name of a sheet, which are counted from 0 here and from 1 there.
    package static func name(_ sheet: Int) -> String {
        let digits = String(sheet + 1)
        return "tiles-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".jpg"
    }
}

/// A grid with its sheets, as files.
package struct TileSheets: Sendable {
    package let grid: TileGrid
    /// In order.
    package let files: [String]

    package init(grid: TileGrid, files: [String]) {
        self.grid = grid
        self.files = files
    }
}
