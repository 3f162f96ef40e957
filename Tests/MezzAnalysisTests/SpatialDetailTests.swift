import MezzAnalysis
import Testing

@Suite("Spatial detail")
struct SpatialDetailTests {
    @Test("an edge by hand")
    func byHand() throws {
        // Laplacians of 0 and 10, gradients of 0 and 40.
        let edge = DrawnPlane(4, 3) { x, _ in x == 3 ? 10 : 0 }
        let detail = try #require(edge.with { SpatialDetail($0, in: $0.whole) })
        #expect(detail == SpatialDetail(laplacianVariance: 25, spatialInformation: 20))
    }

    @Test("vectors agree with plain loops", arguments: [(480, 270), (481, 7), (10, 10), (9, 3), (5, 8), (152, 270)])
    func twin(_ width: Int, _ height: Int) throws {
        for plane in [
            DrawnPlane.random(width, height, seed: 1), .random(width, height, seed: 2, extreme: true),
            .texture(width, height),
        ] {
            let area = PlaneArea(rows: 0..<height, columns: 0..<width)
            try expectTwin(plane, area)
            try expectTwin(plane, PlaneArea(rows: height / 4..<height - 1, columns: width / 3..<width - width / 5))
        }
    }

    @Test("pictures without a middle and flat ones have none", arguments: [(1, 1), (2, 2), (2, 40), (40, 2), (64, 64)])
    func none(_ width: Int, _ height: Int) throws {
        let flat = DrawnPlane(width, height) { _, _ in 77 }
        let detail = try #require(flat.with { SpatialDetail($0, in: $0.whole) })
        #expect(detail == SpatialDetail(laplacianVariance: 0, spatialInformation: 0))
    }

    private func expectTwin(_ plane: DrawnPlane, _ area: PlaneArea) throws {
        let detail = try #require(plane.with { SpatialDetail($0, in: area) })
        let twin = Self.plain(plane, area)
        #expect(abs(detail.laplacianVariance - twin.laplacianVariance) <= 1e-5 * twin.laplacianVariance + 1e-9)
        #expect(abs(detail.spatialInformation - twin.spatialInformation) <= 1e-5 * twin.spatialInformation + 1e-9)
    }

    private static func plain(_ plane: DrawnPlane, _ area: PlaneArea) -> SpatialDetail {
        var laplacians: [Double] = []
        var gradients: [Double] = []
        for y in 1..<plane.height - 1 {
            for x in 1..<plane.width - 1 {
                func at(_ dx: Int, _ dy: Int) -> Double { Double(plane[x + dx, y + dy]) }
                let isInside =
                    area.rows.dropFirst().dropLast().contains(y) && area.columns.dropFirst().dropLast().contains(x)
                let across = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1)
                let down = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1)
                laplacians.append(isInside ? at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1) - 4 * at(0, 0) : 0)
                gradients.append(isInside ? (across * across + down * down).squareRoot() : 0)
            }
        }
        return SpatialDetail(
            laplacianVariance: variance(laplacians), spatialInformation: variance(gradients).squareRoot())
    }
}
