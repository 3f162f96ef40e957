/// The fitted model of one title for one codec: a curve per shot and resolution, and allocations over them.
package struct TitleModel: Sendable {
    /// The shots that take part: those with frames, in the order given.
    package let shots: [ShotProbes]
    /// The encoder's CRF values.
    package let scale: CRFScale
    /// How VMAF is pooled over frames.
    package let pooling: QualityPooling
    /// How far below the pooled value a shot may lie in `.perShot` allocations, in VMAF.
    package let floorDistance: Double
    /// Resolutions with a curve for every shot, smallest first. Only these can become rungs.
    package let resolutions: [LadderResolution]

    private let tables: [LadderResolution: ResolutionTable]
    private let curves: [LadderResolution: [Int: RateQualityCurve]]
    private let probed: [LadderResolution: [Int: [Double]]]

    /// Fits all curves. Shots without frames, and probes no encode can produce, are ignored.
    ///
    /// - Parameters:
    ///   - shots: The title's shots with their probes; indices are unique.
    ///   - reach: How far from its own probes a curve may follow the shape of another size's, in CRF.
    ///   - floorDistance: Largest distance of the worst shot below the pooled VMAF; `LadderRules` has the default.
    package init(
        shots: [ShotProbes], scale: CRFScale, pooling: QualityPooling = .harmonicMean,
        reach: Double = RateQualityCurve.usualReach, floorDistance: Double = LadderRules().floorDistance
    ) {
        let shots = shots.filter { $0.frames > 0 }
        let curves = Self.fitAll(shots, reach: reach)
        let tables = curves.compactMapValues { curves in
            Self.table(shots: shots, curves: curves, scale: scale, pooling: pooling)
        }
        self.shots = shots
        self.scale = scale
        self.pooling = pooling
        self.floorDistance = max(floorDistance, 0)
        self.curves = curves
        self.tables = tables
        resolutions = tables.keys.sorted()
        probed = Self.probed(shots)
    }

    /// The curve of shot `index` at `resolution`, or nil when its probes allow no fit.
    package func curve(shot index: Int, resolution: LadderResolution) -> RateQualityCurve? {
        curves[resolution]?[index]
    }

    /// Shots without a curve at `resolution`: what keeps it from becoming a rung.
    package func shotsMissing(at resolution: LadderResolution) -> [Int] {
        shots.map(\.index).filter { curves[resolution]?[$0] == nil }
    }

    /// The CRFs for one resolution that meet a goal.
    ///
    /// - Returns: nil when the resolution has no curve for some shot, or, for `.uniform`, when the shots' CRF ranges
    ///   have no value in common.
    package func allocate(
        _ style: AllocationStyle, at resolution: LadderResolution, for goal: AllocationGoal
    ) -> Allocation? {
        guard let table = tables[resolution] else { return nil }
        switch style {
        case .uniform: return UniformCRF(table: table)?.allocation(for: goal)
        case .perShot: return perShot(table, goal)
        }
    }

    /// The uniform CRF whose title bitrate is nearest, in ratio, to `bps` bits per second.
    package func allocateUniform(at resolution: LadderResolution, nearestBps bps: Double) -> Allocation? {
        tables[resolution].flatMap(UniformCRF.init)?.allocation(nearestBps: bps)
    }

    /// Pooled operating points of the title at one CRF for all shots, coarsest first; empty where there are none.
    package func titlePoints(at resolution: LadderResolution) -> [ProbePoint] {
        guard let uniform = tables[resolution].flatMap(UniformCRF.init) else { return [] }
        return uniform.points().map { point in
            ProbePoint(
                resolution: resolution, crf: point.crf, bps: point.bps, vmaf: point.vmaf,
                frames: Int(uniform.table.frames))
        }
    }

    /// The title's curve at one CRF for all shots.
    package func titleCurve(at resolution: LadderResolution) -> RateQualityCurve? {
        let points = titlePoints(at: resolution)
        // Nine knots follow a sum of shot curves to a few thousandths; more would only slow it down.
        let stride = max(1, (points.count - 1) / 8)
        let knots = points.enumerated().filter { $0.offset % stride == 0 || $0.offset == points.count - 1 }
        return RateQualityCurve.fit(knots.map(\.element), margin: 0)
    }

    /// The operating points on the convex hull over all resolutions, at one CRF for all shots, by rising bitrate.
    package func titleHull() -> [ProbePoint] {
        let points = resolutions.flatMap(titlePoints(at:))
        let hull = convexHull(rates: points.map(\.bps), distortions: points.map { pooling.distortion(vmaf: $0.vmaf) })
        return hull.map { points[$0] }
    }

    /// The CRFs at which shot `index` was probed at `resolution`, ascending.
    func probedCRFs(shot index: Int, resolution: LadderResolution) -> [Double] {
        probed[resolution]?[index] ?? []
    }
}

extension TitleModel {
    /// The attainable (bitrate, VMAF) pairs of a resolution, or nil when it cannot become a rung.
    func frontier(_ style: AllocationStyle, at resolution: LadderResolution) -> Frontier? {
        switch style {
        case .uniform: Frontier(points: titlePoints(at: resolution).map { ($0.bps, $0.vmaf) })
        case .perShot: tables[resolution].flatMap(perShotFrontier)
        }
    }

    private func perShotFrontier(_ table: ResolutionTable) -> Frontier? {
        let solver = EqualSlope(table: table, floorDistance: floorDistance)
        let low = table.vmaf(solver.positions(vmaf: 0))
        let high = table.vmaf(solver.positions(vmaf: 100))
        // Every 2.5 VMAF: between samples the cubic is a few hundredths off, and rungs are solved exactly afterwards.
        let count = max(2, Int(((high - low) / 2.5).rounded(.up)))
        let points = (0...count).map { i -> (Double, Double) in
            let chosen = solver.positions(vmaf: low + (high - low) * Double(i) / Double(count))
            return (table.bps(chosen), table.vmaf(chosen))
        }
        return Frontier(points: points)
    }

    private func perShot(_ table: ResolutionTable, _ goal: AllocationGoal) -> Allocation {
        let solver = EqualSlope(table: table, floorDistance: floorDistance)
        switch goal {
        case .vmaf(let target):
            let chosen = solver.positions(vmaf: target)
            return table.allocation(chosen, meetsGoal: table.vmaf(chosen) >= target)
        case .bps(let budget):
            let (chosen, fits) = solver.positions(bps: budget)
            return table.allocation(chosen, meetsGoal: fits)
        }
    }

    private static func fitAll(_ shots: [ShotProbes], reach: Double) -> [LadderResolution: [Int: RateQualityCurve]] {
        var curves: [LadderResolution: [Int: RateQualityCurve]] = [:]
        for shot in shots {
            for (resolution, curve) in fit(shot, reach: reach) { curves[resolution, default: [:]][shot.index] = curve }
        }
        return curves
    }

    /// A shot's curves: sizes probed at few CRFs take their shape from the nearest sizes, the larger one first.
    private static func fit(_ shot: ShotProbes, reach: Double) -> [LadderResolution: RateQualityCurve] {
        let points = Dictionary(grouping: shot.points, by: \.resolution)
        let sizes = points.keys.sorted()
        let fitted = sizes.map { RateQualityCurve.fit(points[$0] ?? []) }
        var curves: [LadderResolution: RateQualityCurve] = [:]
        for (place, size) in sizes.enumerated() {
            let siblings = sizes.indices.filter { $0 != place && fitted[$0] != nil }
                .sorted { (abs($0 - place), -$0) < (abs($1 - place), -$1) }
                .compactMap { fitted[$0] }
            curves[size] = RateQualityCurve.fit(points[size] ?? [], siblings: siblings, reach: reach)
        }
        return curves
    }

    private static func probed(_ shots: [ShotProbes]) -> [LadderResolution: [Int: [Double]]] {
        var crfs: [LadderResolution: [Int: [Double]]] = [:]
        for shot in shots {
            for (resolution, points) in Dictionary(grouping: shot.points, by: \.resolution) {
                crfs[resolution, default: [:]][shot.index] = Set(points.filter(\.isUsable).map(\.crf)).sorted()
            }
        }
        return crfs
    }

    private static func table(
        shots: [ShotProbes], curves: [Int: RateQualityCurve], scale: CRFScale, pooling: QualityPooling
    ) -> ResolutionTable? {
        let candidates = shots.compactMap { shot in
            curves[shot.index].flatMap {
                ShotCandidates(shot: shot.index, frames: shot.frames, curve: $0, scale: scale, pooling: pooling)
            }
        }
        guard !shots.isEmpty, candidates.count == shots.count else { return nil }
        return ResolutionTable(shots: candidates, scale: scale, pooling: pooling)
    }
}
