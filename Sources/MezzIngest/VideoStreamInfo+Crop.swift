import MezzCore

extension VideoStreamInfo {
    /// - Throws: `Failure` when the rectangle is not inside the picture, or too small to be encoded.
    func cropped(to rectangle: CropRectangle, path: String) throws(Failure) -> VideoStreamInfo {
        let size = rectangle.size
        guard rectangle.x + size.width <= display.width, rectangle.y + size.height <= display.height else {
            throw SourceFile.refuse(
                "has a picture of \(display), which \(size) from \(rectangle.x):\(rectangle.y) is not inside of", path,
                "give --crop W:H:X:Y inside of the picture")
        }
        try PictureReading.checkSides(size, path: path)
        return reading(
            display: size,
            adding: ["crop=\(size.width):\(size.height):\(rectangle.x):\(rectangle.y):exact=1"])
    }
}
