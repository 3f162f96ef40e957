import MezzPixels

/// The work on a range of rows of one scale: transform of all pictures, decoupling, weighting, masking, row by row, so
/// that only the smooth bands leave the caches. Rows beside the range that the 3 × 3 neighbourhoods need are computed
/// again.
struct ADMPass {
    let scales: [ADMScale]
    let units: [ADMUnit]
    let format: PictureFormat
    private let encodes: Int
    let smooth: ADMSmooth
    private let windows: [ADMWindow]
    private let maskings: [ADMMasking]
    private let denominators: [ADMDenominator]

    init(format: PictureFormat, encodes: Int, units: [ADMUnit]) {
        self.format = format
        self.encodes = encodes
        self.units = units
        scales = ADMScale.pyramid(width: format.width, height: format.height)
        smooth = ADMSmooth(scales, pictures: encodes + 1)
        windows = scales.map(ADMWindow.init)
        maskings = scales.map(ADMMasking.init)
        denominators = scales.map(ADMDenominator.init)
    }

    var noTotals: ADMTotals { ADMTotals(encodes: encodes, units: units.count) }

    /// - Parameter pictures: The reference, then the encodes.
    func run(level: Int, rows: Range<Int>, pictures: [PlaneView], in workspace: ADMWorkspace) {
        let scale = scales[level]
        let scored = rows.clamped(to: scale.rows)
        let needed =
            scored.isEmpty ? 0..<0 : max(0, scored.lowerBound - 1)..<min(scale.height, scored.upperBound + 1)
        let first = needed.isEmpty ? rows.lowerBound : min(rows.lowerBound, needed.lowerBound)
        let all = first..<max(rows.upperBound, needed.upperBound)
        for row in all {
            let task = Row(index: row, kept: rows.contains(row), needed: needed.contains(row))
            for picture in pictures.indices {
                transform(task, pictures, picture, scale, workspace)
                guard task.needed else { continue }
                if picture == 0 {
                    prepare(scale, counts: scored.contains(row), workspace)
                } else {
                    weigh(row, encode: picture - 1, scale, workspace)
                    if scored.contains(row - 1) { mask(row - 1, encode: picture - 1, scale, workspace) }
                    if row == scale.height - 1, scored.contains(row) {
                        mask(row, encode: picture - 1, scale, workspace)
                    }
                }
            }
        }
    }

    /// A row and what is wanted of it.
    struct Row {
        let index: Int
        /// Whether its smooth band goes to the next scale.
        let kept: Bool
        /// Whether its detail is needed.
        let needed: Bool
    }

    private func prepare(_ scale: ADMScale, counts: Bool, _ workspace: ADMWorkspace) {
        let count = scale.neededColumns.count
        let rounding = denominators[scale.level]
        let inside = windows[scale.level].inside
        let cubes: SIMD4<UInt64>
        if scale.level == 0 {
            let reference = workspace.fineReference
            reference.prepare(count: count)
            guard counts else { return }
            cubes = reference.cubes(inside: inside, count: count)
        } else {
            let reference = workspace.deepReference
            reference.prepare(count: count)
            guard counts else { return }
            cubes = reference.cubes(
                inside: inside, squareShift: rounding.squareShift, shift: rounding.cubeShift, count: count)
        }
        workspace.totals.add(reference: rounding.rounded(cubes), level: scale.level)
    }

    private func weigh(_ row: Int, encode: Int, _ scale: ADMScale, _ workspace: ADMWorkspace) {
        let count = scale.neededColumns.count
        if scale.level == 0 {
            ADMFine.decouple(
                workspace.fineReference, workspace.distorted(), restored: workspace.restored(),
                similar: workspace.similar(), count: count)
        } else {
            ADMDeep.decouple(
                workspace.deepReference, workspace.distorted(), restored: workspace.restored(),
                similar: workspace.similar(), count: count)
        }
        for (index, unit) in units.enumerated() {
            let kept = workspace.weighed(encode: encode, unit: index, added: false, row: row)
            let added =
                unit.measuresAdditions
                ? workspace.weighed(encode: encode, unit: index, added: true, row: row) : nil
            let weights = unit.fixed(scale.level)
            if scale.level == 0 {
                ADMFine.weigh(
                    workspace.distorted(), workspace.restored(), similar: workspace.similar(), gain: unit.gain,
                    weights: (Int32(weights.0), Int32(weights.1)), to: kept, added: added, count: count)
            } else {
                ADMDeep.weigh(
                    workspace.distorted(), workspace.restored(), similar: workspace.similar(), gain: unit.gain,
                    weights: weights, to: kept, added: added, count: count)
            }
            extend(kept.spread, scale)
            if let added { extend(added.spread, scale) }
        }
    }

    /// Where the window touches the picture's border.
    private func extend(_ spread: UnsafeMutablePointer<Int32>, _ scale: ADMScale) {
        let count = scale.neededColumns.count
        if scale.columns.lowerBound == 0 { spread[-1] = spread[1] }
        if scale.columns.upperBound == scale.width { spread[count] = spread[count - 1] }
    }

    /// Above the picture lies row 1, below it the last row.
    private func mask(_ row: Int, encode: Int, _ scale: ADMScale, _ workspace: ADMWorkspace) {
        let masking = maskings[scale.level]
        let above = row == 0 ? 1 : row - 1
        let below = min(row + 1, scale.height - 1)
        for (index, unit) in units.enumerated() {
            for added in unit.measuresAdditions ? [false, true] : [false] {
                let weighed = { (row: Int) in
                    workspace.weighed(encode: encode, unit: index, added: added, row: row)
                }
                let sums = masking.sums(
                    of: weighed(row), above: weighed(above).spread, below: weighed(below).spread,
                    inside: windows[scale.level].inside, count: scale.neededColumns.count)
                workspace.totals.add(sums, asAdded: added, level: scale.level, encode: encode, unit: index)
            }
        }
    }
}
