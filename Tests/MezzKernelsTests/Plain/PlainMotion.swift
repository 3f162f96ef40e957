/// Integer motion sample by sample, as the description of libvmaf's arithmetic reads.
struct PlainMotion {
    typealias Image = [[Int]]

    static let taps = [3571, 16004, 26386, 16004, 3571]

    let depth: Int
    /// The arithmetic of releases up to 3.1.
    let isOld: Bool

    func score(_ previous: Image, _ current: Image) -> Double {
        let area = Double(current.count * current[0].count)
        if isOld {
            let sum = Self.magnitude(Self.difference(blurred(previous), blurred(current)))
            return Double(Float(Double(sum) / 256)) / area
        }
        return Double(Self.magnitude(blurred(Self.difference(previous, current)))) / 256 / area
    }

    private func mirror(_ index: Int, _ count: Int) -> Int {
        index < 0 ? -index : index >= count ? 2 * count - (isOld ? 1 : 2) - index : index
    }

    private func blurred(_ image: Image) -> Image {
        let lines = image.indices.map { row in
            image[0].indices.map { column in
                let sum = (0..<5).reduce(0) { $0 + Self.taps[$1] * image[mirror(row + $1 - 2, image.count)][column] }
                return (sum + 1 << (depth - 1)) >> depth
            }
        }
        return lines.map { line in
            line.indices.map { column in
                let sum = (0..<5).reduce(0) { $0 + Self.taps[$1] * line[mirror(column + $1 - 2, line.count)] }
                return (sum + 32_768) >> 16
            }
        }
    }

    private static func difference(_ a: Image, _ b: Image) -> Image { zip(a, b).map { zip($0, $1).map(-) } }

    private static func magnitude(_ image: Image) -> Int { image.reduce(0) { $0 + $1.reduce(0) { $0 + abs($1) } } }
}
