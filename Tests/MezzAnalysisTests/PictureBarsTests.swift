import MezzAnalysis
import MezzCore
import Testing

@Suite("Black bars of a picture")
struct PictureBarsTests {
    private static let size = Resolution(width: 160, height: 90)

    @Test("letterbox, pillarbox and both are found to the line", arguments: [(11, 0), (0, 20), (11, 20), (1, 1)])
    func found(_ rows: Int, _ columns: Int) throws {
        let picture = Self.boxed(rows, columns, black: 16)
        let bars = try #require(picture.with { PictureBars(of: $0) } ?? nil)
        #expect(bars == PictureBars(top: rows, bottom: rows, left: columns, right: columns))
        let source = bars.scaled(from: Self.size, to: Resolution(width: 1600, height: 900))
        #expect(source == BlackBars(top: rows * 10, bottom: rows * 10, left: columns * 10, right: columns * 10))
    }

    @Test("a picture without bars has none")
    func none() throws {
        let bars = try #require(Self.boxed(0, 0, black: 16).with { PictureBars(of: $0) } ?? nil)
        #expect(bars == .absent)
        #expect(bars.scaled(from: Self.size, to: Self.size) == nil)
    }

    @Test("dark ground on one side, and grey bars, are picture")
    func oneSided() throws {
        let floor = DrawnPlane(160, 90) { x, y in y >= 70 ? 16 : 80 + x / 2 }
        #expect(try #require(floor.with { PictureBars(of: $0) } ?? nil) == .absent)
        let grey = Self.boxed(11, 0, black: 40)
        #expect(try #require(grey.with { PictureBars(of: $0) } ?? nil) == .absent)
    }

    @Test("a narrow strip of light in the dark is no letterbox")
    func strip() throws {
        #expect(try #require(Self.boxed(40, 0, black: 16).with { PictureBars(of: $0) } ?? nil) == .absent)
    }

    @Test("a sign on black is no window")
    func sign() throws {
        #expect(try #require(Self.boxed(19, 20, black: 16).with { PictureBars(of: $0) } ?? nil) == .absent)
    }

    @Test("a black picture tells nothing")
    func black() throws {
        #expect(try #require(Self.boxed(0, 80, black: 16).with { PictureBars(of: $0) }) == nil)
    }

    private static func boxed(_ rows: Int, _ columns: Int, black: Double) -> DrawnPlane {
        DrawnPlane(160, 90) { x, y in
            let isInside =
                Double(rows) <= y && y < Double(90 - rows) && Double(columns) <= x && x < Double(160 - columns)
            return isInside ? 60 + x / 2 + y : black
        }
    }
}
