package import MezzCore

/// Which frames of a source complexity is measured on, and how they come out of the index's decode: pairs of
/// neighbours at equal distances, counted by index from frame 0. A frame is carried twice, one above the other: the
/// whole picture at reduced size, and a window of the source's own samples for what reduction would smooth away.
package struct PairSampling: Hashable, Sendable {
    /// Frames from the first of a pair to the first of the next.
    package let period: Int
    /// The source's picture fitted into 480×270; never enlarged.
    package let reduced: Resolution
    /// The window at the source's own size.
    package let window: Resolution

    private static let limit = Resolution(width: 480, height: 270)
    private static let windowRows = 64
    private static let pairsPerSecond = 1.5

    /// For a source as inspection describes it.
    package init(video: VideoStreamInfo) {
        self.init(size: video.display, frameRate: video.frameRate)
    }

    /// - Parameters:
    ///   - size: The source's picture.
    ///   - frameRate: Frames a second.
    package init(size: Resolution, frameRate: Rational) {
        period = max(2, Int((frameRate.value / Self.pairsPerSecond).rounded()))
        let share = min(Self.share(of: size), 1)
        func side(_ length: Int) -> Int {
            max(2, min(length & ~1, Int((Double(length) * share / 2).rounded()) * 2))
        }
        reduced = Resolution(width: side(size.width), height: side(size.height))
        window = Resolution(width: reduced.width, height: min(Self.windowRows, size.height & ~1))
    }

    /// What lengths in the reduced picture are multiplied by to become lengths in a picture that fills 480×270.
    package var enlargement: Double { max(1, Self.share(of: reduced)) }

    private static func share(of size: Resolution) -> Double {
        min(
            Double(limit.width) / Double(max(1, size.width)), Double(limit.height) / Double(max(1, size.height)))
    }

    /// First frame of pair `number`.
    func frame(ofPair number: Int) -> Int { number * period }

    /// Rows of a carried frame.
    var rows: Int { reduced.height + window.height }
    /// Bytes of a carried frame, planar YUV 4:2:0 of 8 bit.
    package var frameBytes: Int { reduced.width * rows * 3 / 2 }

    /// Filter chains (FFmpeg syntax) from `input` to `output`, labels in brackets.
    ///
    /// Areas are averaged: FFmpeg's other scalers cost more. The window moves with the pair's number along a
    /// low-discrepancy sequence (M. Roberts' R₂), so that a shot is seen in many places; it keeps to the middle rows,
    /// inside most letterboxes. The scalers behind `crop` and before `format` stand there for sources that change
    /// size or have another format: without, FFmpeg would convert every frame before the split. Frames are a hundred
    /// seconds apart, so that no frame rate that FFmpeg thinks of rounds two of them to one time.
    func chains(from input: String, to output: String) -> [String] {
        let (width, height) = (reduced.width, reduced.height)
        let column = "(iw-ow)*mod(floor(n/2)*0.7548777\\,1)"
        let row = "(ih-oh)*(0.2+0.6*mod(floor(n/2)*0.5698403\\,1))"
        return [
            input + "select=lt(mod(n\\,\(period))\\,2),settb=1,setpts=100*N,split[whole][near]",
            "[whole]scale=\(width):\(height):flags=area,format=yuv420p[small]",
            "[near]crop=min(iw\\,\(width)):min(ih\\,\(window.height)):\(column):\(row),"
                + "scale=\(width):\(window.height):flags=bilinear,format=yuv420p[window]",
            "[small][window]vstack" + output,
        ]
    }
}
