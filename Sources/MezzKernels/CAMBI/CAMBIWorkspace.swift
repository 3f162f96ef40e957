import MezzPixels

/// Memory and steps for one encode.
final class CAMBIWorkspace: @unchecked Sendable {
    // Unchecked: items of a phase write different rows and different slots.

    private let plan: CAMBIPlan
    private let pyramids: [CAMBIPyramid]
    /// Contrasts of each run and scale; bands write at their first row's place.
    private let contrasts: [[UnsafeMutableBufferPointer<Float>]]
    private let bandRows: UnsafeMutableBufferPointer<Int>
    private let bands: UnsafeMutableBufferPointer<CAMBIBandResult>
    private let pooled: UnsafeMutableBufferPointer<Double>

    init(plan: CAMBIPlan) {
        self.plan = plan
        pyramids = plan.pyramids.map { CAMBIPyramid(geometry: $0) }
        contrasts = plan.runs.map { run in
            (0..<CAMBIGeometry.scales).map { scale in
                let size = plan.pyramids[run.pyramid].size(ofScale: scale)
                return .allocate(capacity: size.width * size.height + 1)
            }
        }
        bandRows = .allocate(capacity: plan.slots)
        bandRows.initialize(repeating: 0)
        bands = .allocate(capacity: plan.slots)
        bands.initialize(repeating: CAMBIBandResult())
        pooled = .allocate(capacity: plan.runs.count * CAMBIGeometry.scales)
        pooled.initialize(repeating: 0)
    }

    deinit {
        for scale in contrasts.joined() { scale.deallocate() }
        bandRows.deallocate()
        bands.deallocate()
        pooled.deallocate()
    }

    func run(_ job: CAMBIPlan.Job, picture: Picture) {
        switch job {
        case .prepare(let rows): prepare(picture.planes[0], rows)
        case .filter(let pyramid, let rows): pyramids[pyramid].filter(scale: 0, rows: rows)
        case .reduce(let pyramid):
            for scale in 1..<CAMBIGeometry.scales {
                pyramids[pyramid].filter(scale: scale, rows: 0..<plan.pyramids[pyramid].size(ofScale: scale).height)
            }
        case .contrasts(let run, let scale, let rows, let slot): count(run, scale, rows, slot)
        case .pool(let run, let scale): pool(run, scale)
        }
    }

    func score(run: Int) -> Double {
        let window = plan.pyramids[plan.runs[run].pyramid].window
        let total = (0..<CAMBIGeometry.scales).reduce(0.0) { sum, scale in
            sum + pooled[run * CAMBIGeometry.scales + scale] * Double(16 >> scale)
        }
        return total / Double(window * window)
    }

    private func prepare(_ luma: PlaneView, _ rows: Range<Int>) {
        CAMBIPreparation(
            source: luma, flatThreshold: plan.pyramids[0].flatThreshold,
            full: zip(plan.pyramids, pyramids).first { !$0.0.halved }?.1.marked[0],
            half: zip(plan.pyramids, pyramids).first { $0.0.halved }?.1.marked[0]
        ).run(rows: rows)
    }

    private func count(_ run: Int, _ scale: Int, _ rows: Range<Int>, _ slot: Int) {
        guard let out = contrasts[run][scale].baseAddress else { return }
        let pyramid = plan.runs[run].pyramid
        let scratch = plan.scratch[pyramid].take()
        defer { plan.scratch[pyramid].give(scratch) }
        let bins = pyramids[pyramid].bins[scale]
        let window = CAMBIWindow(
            bins: bins, half: plan.pyramids[pyramid].window >> 1, table: plan.runs[run].bins,
            reciprocals: plan.reciprocals[pyramid])
        bandRows[slot] = rows.lowerBound
        bands[slot] = window.run(rows: rows, scratch: scratch, contrasts: out + rows.lowerBound * bins.width)
    }

    private func pool(_ run: Int, _ scale: Int) {
        let size = plan.pyramids[plan.runs[run].pyramid].size(ofScale: scale)
        let all = contrasts[run][scale]
        let parts = plan.slotsOfScale[run][scale].map { slot in
            let first = bandRows[slot] * size.width
            return (values: UnsafeBufferPointer(rebasing: all[first..<first + bands[slot].count]), sum: bands[slot].sum)
        }
        let pool = CAMBIPool(parts: parts.map(\.values), sum: parts.reduce(0) { $0 + $1.sum })
        pooled[run * CAMBIGeometry.scales + scale] = pool.mean(samples: size.width * size.height)
    }
}

/// Pictures of the five scales.
struct CAMBIPyramid {
    /// Unfiltered, with marks.
    let marked: [CAMBIPlane]
    let bins: [CAMBIPlane]

    init(geometry: CAMBIGeometry) {
        let sizes = (0..<CAMBIGeometry.scales).map { geometry.size(ofScale: $0) }
        marked = sizes.map { CAMBIPlane(width: $0.width, height: $0.height) }
        bins = sizes.map { CAMBIPlane(width: $0.width, height: $0.height) }
    }

    func filter(scale: Int, rows: Range<Int>) {
        let next = scale + 1 < marked.count ? marked[scale + 1] : nil
        CAMBIFilter(source: marked[scale], bins: bins[scale], next: next).run(rows: rows)
    }
}
