/// Light and contrast of a picture.
struct Tone {
    /// Of the luma, code values.
    let mean: Float
    let deviation: Float

    /// - Parameter picture: `SearchPlane` size.
    init(of picture: [UInt8], in area: PictureArea) {
        var (sum, squares, count) = (0, 0, 0)
        for y in 4 * area.rows.lowerBound..<4 * area.rows.upperBound + 4 {
            for x in 4 * area.columns.lowerBound..<4 * area.columns.upperBound + 4 {
                let value = Int(picture[y * SearchPlane.width + x])
                sum += value
                squares += value * value
                count += 1
            }
        }
        mean = Float(sum) / Float(count)
        deviation = max(0, Float(squares) / Float(count) - mean * mean).squareRoot()
    }

    /// A picture of this tone given another.
    func brought(_ picture: [UInt8], to other: Tone) -> [UInt8] {
        let gain = other.deviation / deviation
        return picture.map { UInt8(min(255, max(0, (Float($0) - mean) * gain + other.mean + 0.5))) }
    }
}
