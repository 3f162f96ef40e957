import Foundation

/// Redraws raw test files that are patterns or parts of other files.
struct GoldenPatterns {
    /// The folder of the 10-bit clips.
    let media: String

    private static let width = 1920
    private static let height = 1080

    /// Writes the file called `name`; does nothing for a name it does not know.
    func write(_ name: String, to folder: String) throws {
        guard let data = try data(name) else { return }
        try data.write(to: URL(fileURLWithPath: folder + "/" + name), options: .atomic)
    }

    private func data(_ name: String) throws -> Data? {
        switch name {
        case "checkerboard_1920_1080_10_3_0_0.yuv": Self.checkerboard(shift: 0)
        case "checkerboard_1920_1080_10_3_10_0.yuv": Self.checkerboard(shift: 10)
        case "checkerboard_1920_1080_10_3_1_0.yuv": Self.checkerboard(shift: 1)
        case "flat_1920_1080_0.yuv": Self.flat(16)
        case "flat_1920_1080_10.yuv": Self.flat(25)
        case "src01_hrc00_576x324_first3.yuv": try reduced("src01_hrc00_576x324.yuv420p10le.yuv")
        case "src01_hrc01_576x324_first3.yuv": try reduced("src01_hrc01_576x324.yuv420p10le.yuv")
        default: nil
        }
    }

    /// Three frames of squares of ten samples that move right by one sample a frame; no colour.
    private static func checkerboard(shift: Int) -> Data {
        var data = Data()
        for frame in 0..<3 {
            // Squares to the left of the origin go on in the same rhythm.
            let rows = (0..<2).map { parity in
                Data((0..<width).map { (($0 - shift - frame + 1_000) / 10 + parity) % 2 == 0 ? 16 : 235 })
            }
            for y in 0..<height { data.append(rows[y / 10 % 2]) }
            data.append(Data(repeating: 128, count: width * height / 2))
        }
        return data
    }

    private static func flat(_ value: UInt8) -> Data {
        let frame = Data(repeating: value, count: width * height) + Data(repeating: 128, count: width * height / 2)
        return frame + frame + frame
    }

    /// The 10-bit clip holds 8-bit samples times four.
    private func reduced(_ name: String) throws -> Data? {
        guard let deep = FileManager.default.contents(atPath: media + "/" + name) else { return nil }
        return Data(stride(from: 0, to: deep.count - 1, by: 2).map { deep[$0] >> 2 | deep[$0 + 1] << 6 })
    }
}
