/// Takes local brightness and contrast out of a picture.
enum LocalContrast {
    /// Half the side of the square around a sample that makes its surroundings.
    private static let radius = 4
    /// Added to the local deviation, as a share of the whole picture's and in code values, so that noise on flat
    /// ground is not blown up; the share keeps the result the same whatever gain the picture has.
    private static let calmShare: Float = 0.1
    private static let calm: Float = 1
    private static let gain: Float = 40

    /// - Parameter picture: `SearchPlane` size; returned: 128 where a sample equals its surroundings.
    static func removed(from picture: [UInt8], deviation whole: Float) -> [UInt8] {
        let calm = Self.calm + Self.calmShare * whole
        let (width, height) = (SearchPlane.width, SearchPlane.height)
        var result = [UInt8](repeating: 128, count: width * height)
        // Running sums over columns of 2 · radius + 1 samples; beyond the edge there is nothing.
        var sums = [Int32](repeating: 0, count: width)
        var squares = [Int32](repeating: 0, count: width)
        func add(_ row: Int, _ sign: Int32) {
            for x in 0..<width {
                let value = Int32(picture[row * width + x])
                sums[x] &+= sign &* value
                squares[x] &+= sign &* value &* value
            }
        }
        for row in 0..<radius { add(row, 1) }
        for y in 0..<height {
            if y + radius < height { add(y + radius, 1) }
            if y - radius - 1 >= 0 { add(y - radius - 1, -1) }
            let rows = Int32(min(y + radius, height - 1) - max(y - radius, 0) + 1)
            var sum: Int32 = 0
            var square: Int32 = 0
            for x in 0..<radius {
                sum &+= sums[x]
                square &+= squares[x]
            }
            for x in 0..<width {
                if x + radius < width {
                    sum &+= sums[x + radius]
                    square &+= squares[x + radius]
                }
                if x - radius - 1 >= 0 {
                    sum &-= sums[x - radius - 1]
                    square &-= squares[x - radius - 1]
                }
                let columns = Int32(min(x + radius, width - 1) - max(x - radius, 0) + 1)
                let count = Float(rows &* columns)
                let mean = Float(sum) / count
                let deviation = max(0, Float(square) / count - mean * mean).squareRoot()
                let value = 128 + gain * (Float(picture[y * width + x]) - mean) / (deviation + calm)
                result[y * width + x] = UInt8(min(255, max(0, value)))
            }
        }
        return result
    }
}
