/// What is chosen about how a source's picture is read.
package struct SourceReading: Hashable, Codable, Sendable {
    /// What happens to an interlaced source.
    package enum Interlaced: String, Codable, Sendable, CaseIterable {
        case deinterlace
        case refuse
    }

    /// What is cut off.
    package enum Crop: Hashable, Codable, Sendable {
        case none
        /// Black bars that stay all through the title.
        case bars
        /// All but a rectangle of the picture as it is shown: upright, with square pixels.
        case rectangle(CropRectangle)
    }

    package var interlaced: Interlaced
    package var crop: Crop

    package init(interlaced: Interlaced = .deinterlace, crop: Crop = .none) {
        self.interlaced = interlaced
        self.crop = crop
    }
}

/// A part of a picture, in luma samples; sides and places are even, as 4:2:0 needs them.
package struct CropRectangle: Hashable, Codable, Sendable {
    package let size: Resolution
    /// Samples to the left of it.
    package let x: Int
    /// Lines above it.
    package let y: Int

    /// - Returns: `nil` for odd or negative numbers.
    package init?(size: Resolution, x: Int, y: Int) {
        guard [size.width, size.height, x, y].allSatisfy({ $0 >= 0 && $0 % 2 == 0 }) else { return nil }
        self.size = size
        self.x = x
        self.y = y
    }

    /// Reads "W:H:X:Y".
    package init?(text: String) {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 4, let width = numbers[0], let height = numbers[1], let x = numbers[2],
            let y = numbers[3], max(width, height, x, y) <= 65_536
        else { return nil }
        self.init(size: Resolution(width: width, height: height), x: x, y: y)
    }
}
