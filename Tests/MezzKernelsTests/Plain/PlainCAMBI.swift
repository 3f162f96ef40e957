import Foundation
import MezzPixels

/// CAMBI of one picture, straight from the description (section 7), one step after the other on whole pictures.
struct PlainCAMBI {
    var options: CAMBIOptions

    private static let visible = [178, 305, 432, 559]

    func score(_ picture: Picture) -> Double {
        let source = PlainSamples(picture.planes[0])
        var image = tenBit(source, depth: picture.format.bitDepth)
        if picture.format.bitDepth < 10 { image = smoothed(image) }
        var mask = self.mask(image)
        let halves = halvesSize(width: source.width, height: source.height)
        let window = windowSize(width: source.width, height: source.height, halved: halves)
        var total = 0.0
        for scale in 0..<5 {
            if scale > 0 || halves {
                image = image.decimated
                mask = mask.decimated
            }
            image = modeFiltered(image)
            total += pooled(contrasts(image, mask, half: window >> 1)) * Double(16 >> scale)
        }
        return min(total / Double(window * window), options.maximum)
    }

    private func halvesSize(width: Int, height: Int) -> Bool {
        let areas = [1080: 1920 * 1080, 1440: 2560 * 1440, 2160: 3840 * 2160]
        return options.halfSizeFrom.flatMap { areas[$0] }.map { width * height >= $0 } ?? false
    }

    private func windowSize(width: Int, height: Int, halved: Bool) -> Int {
        let size = (65 * (width + height) / 375) >> 4
        return (halved ? (size + 1) >> 1 : size) | 1
    }

    private func tenBit(_ source: PlainSamples, depth: Int) -> PlainSamples {
        let down = depth - 10
        return source.mapped { down > 0 ? ($0 + 1 << (down - 1)) >> down : $0 << -down }
    }

    private func smoothed(_ image: PlainSamples) -> PlainSamples {
        PlainSamples(width: image.width, height: image.height) { row, column in
            let lastRow = row == image.height - 1
            let lastColumn = column == image.width - 1
            let here = image[row, column]
            switch (lastRow, lastColumn) {
            case (true, true): return here
            case (true, false): return (here + image[row, column + 1]) >> 1
            case (false, true): return (here + image[row + 1, column]) >> 1
            case (false, false):
                return (here + image[row, column + 1] + image[row + 1, column] + image[row + 1, column + 1]) >> 2
            }
        }
    }

    private func mask(_ image: PlainSamples) -> PlainSamples {
        let flat = PlainSamples(width: image.width, height: image.height) { row, column in
            let here = image[row, column]
            let right = column + 1 < image.width ? image[row, column + 1] : here
            let below = row + 1 < image.height ? image[row + 1, column] : here
            return here == right && here == below ? 1 : 0
        }
        let area = (image.width >> 6) * (image.height >> 6)
        let level = area == 0 ? 0 : Int(log2(Double(area)).rounded(.up))
        let threshold = (49 + 3 * (level - 11) - 1) >> 1
        return PlainSamples(width: image.width, height: image.height) { row, column in
            var sum = 0
            for y in max(0, row - 3)...min(image.height - 1, row + 3) {
                for x in max(0, column - 3)...min(image.width - 1, column + 3) { sum += flat[y, x] }
            }
            return sum > threshold ? 1 : 0
        }
    }

    private func modeFiltered(_ image: PlainSamples) -> PlainSamples {
        func mode(_ a: Int, _ b: Int, _ c: Int) -> Int {
            if a == b || a == c { return a }
            return b == c ? b : min(a, b, c)
        }
        let across = PlainSamples(width: image.width, height: image.height) { row, column in
            if column == 0 || column == image.width - 1 { return image[row, column] }
            return mode(image[row, column - 1], image[row, column], image[row, column + 1])
        }
        return PlainSamples(width: image.width, height: image.height) { row, column in
            if row == 0 || row == image.height - 1 { return image[row, column] }
            return mode(across[row - 1, column], across[row, column], across[row + 1, column])
        }
    }

    private func contrasts(
        _ image: PlainSamples, _ mask: PlainSamples, half: Int
    ) -> [Float] {
        let largest = (2 * half + 1) * (2 * half + 1)
        let reciprocals = (0...largest).map {
            Float(String(format: "%.8e", 1 / Double($0))) ?? 0
        }
        let darkest = firstVisibleLuma
        var contrasts: [Float] = []
        for row in 0..<image.height {
            var counts = [Int](repeating: 0, count: 1_100)
            func count(column: Int, _ step: Int) {
                guard column >= 0, column < image.width else { return }
                for y in max(0, row - half)...min(image.height - 1, row + half) where mask[y, column] != 0 {
                    counts[image[y, column] + 8] += step
                }
            }
            for column in 0..<half { count(column: column, 1) }
            for column in 0..<image.width {
                count(column: column + half, 1)
                count(column: column - half - 1, -1)
                let value = image[row, column]
                var best: Float = 0
                for step in 1...4
                where mask[row, column] != 0 && value <= Self.visible[step - 1] && value + 4 + step > darkest {
                    let own = counts[value + 8]
                    let other = max(counts[value + 8 + step], counts[value + 8 - step])
                    best = max(best, Float(step * own * other) * reciprocals[own + other])
                }
                contrasts.append(best)
            }
        }
        return contrasts
    }

    /// Smallest 10-bit limited-range luma at least as bright as the threshold (BT.1886, 300 to 0.01 cd/m²).
    private var firstVisibleLuma: Int {
        let white = pow(300, 1 / 2.4)
        let black = pow(0.01, 1 / 2.4)
        let first = (64...940).first { luma in
            pow(white - black, 2.4) * pow(Double(luma - 64) / 876 + black / (white - black), 2.4)
                >= options.visibleLuminance
        }
        return first == 64 ? 0 : first ?? 940
    }

    private func pooled(_ contrasts: [Float]) -> Double {
        let count = max(1, Int(0.6 * Double(contrasts.count)))
        return contrasts.sorted(by: >).prefix(count).reduce(0) { $0 + Double($1) } / Double(count)
    }
}

/// Rows of integers.
struct PlainSamples {
    let width: Int
    let height: Int
    private(set) var values: [Int]

    init(width: Int, height: Int, _ value: (_ row: Int, _ column: Int) -> Int) {
        self.width = width
        self.height = height
        values = (0..<width * height).map { value($0 / width, $0 % width) }
    }

    init(_ plane: PlaneView) {
        self.init(width: plane.width, height: plane.height) { row, column in
            let line = plane.base + row * plane.strideBytes
            return plane.bitDepth == 8
                ? Int(line.load(fromByteOffset: column, as: UInt8.self))
                : Int(line.load(fromByteOffset: column * 2, as: UInt16.self))
        }
    }

    subscript(row: Int, column: Int) -> Int { values[row * width + column] }

    func mapped(_ change: (Int) -> Int) -> PlainSamples {
        PlainSamples(width: width, height: height) { change(self[$0, $1]) }
    }

    /// Even rows and columns.
    var decimated: PlainSamples {
        PlainSamples(width: (width + 1) >> 1, height: (height + 1) >> 1) { self[2 * $0, 2 * $1] }
    }
}
