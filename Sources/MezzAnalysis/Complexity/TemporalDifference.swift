/// The temporal perceptual information of ITU-T P.910: the standard deviation, over the picture, of the difference
/// between two neighbouring frames.
package enum TemporalDifference {
    /// - Parameters: Two luma planes of one size without gaps between rows.
    /// - Returns: Code values.
    package static func information(_ first: PlaneView, _ second: PlaneView) -> Double {
        let width = first.width
        var moments = Moments()
        for y in 0..<first.height {
            let (a, b) = (first.row(y), second.row(y))
            var sum = SIMD8<Int16>.zero
            var squares = SIMD8<Float>.zero
            for x in stride(from: 0, through: width - 8, by: 8) {
                let difference = PlaneView.eight(b, x) &- PlaneView.eight(a, x)
                // No overflow below 1024 samples a row; a reduced picture has at most 480.
                sum &+= difference
                let exact = SIMD8<Float>(small: difference)
                squares += exact * exact
            }
            var rest = SIMD2<Float>.zero
            for x in (width & ~7)..<width {
                let difference = Float(b[x]) - Float(a[x])
                rest += SIMD2(difference, difference * difference)
            }
            moments.sum += Double(SIMD8<Int32>(truncatingIfNeeded: sum).wrappedSum()) + Double(rest.x)
            moments.squares += Double(squares.sum()) + Double(rest.y)
        }
        return moments.variance(count: width * first.height).squareRoot()
    }
}
