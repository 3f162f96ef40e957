import Foundation
import MezzLadder

/// A recorded exhaustive grid: every shot encoded at every resolution and CRF.
struct RecordedGrid: Decodable {
    let origin: String
    /// shot, frames, width, height, crf, bits per second, VMAF.
    let rows: [[Double]]

    static func load(_ name: String) throws -> RecordedGrid {
        let url = try Bundle.module.url(forResource: "Grids/\(name)", withExtension: "json").orThrow(name)
        return try JSONDecoder().decode(RecordedGrid.self, from: Data(contentsOf: url))
    }

    /// The grid as probes, thinned to the cells that `keeps` wants.
    func probes(where keeps: (LadderResolution, Double) -> Bool = { _, _ in true }) -> [ShotProbes] {
        let shots = Dictionary(grouping: rows) { Int($0[0]) }
        return shots.keys.sorted().map { index in
            let cells = shots[index] ?? []
            let points = cells.map(Self.point).filter { keeps($0.resolution, $0.crf) }
            return ShotProbes(index: index, frames: Int(cells.first?[1] ?? 0), points: points)
        }
    }

    /// The grid as probes, thinned to the cells given for each shot.
    func probes(_ cells: [Int: Set<ProbeCell>]) -> [ShotProbes] {
        probes().map { shot in
            ShotProbes(
                index: shot.index, frames: shot.frames,
                points: shot.points.filter {
                    cells[shot.index, default: []].contains(ProbeCell(resolution: $0.resolution, crf: $0.crf))
                })
        }
    }

    /// The recorded CRFs of a resolution.
    func crfs(at size: LadderResolution) -> Set<Double> {
        Set(rows.map(Self.point).filter { $0.resolution == size }.map(\.crf))
    }

    private static func point(_ row: [Double]) -> ProbePoint {
        ProbePoint(
            resolution: LadderResolution(width: Int(row[2]), height: Int(row[3])), crf: row[4], bps: row[5],
            vmaf: row[6], frames: Int(row[1]))
    }
}

extension Optional {
    struct Missing: Error { let name: String }

    func orThrow(_ name: String) throws -> Wrapped {
        guard let self else { throw Missing(name: name) }
        return self
    }
}
