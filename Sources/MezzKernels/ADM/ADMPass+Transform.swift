import MezzPixels

extension ADMPass {
    /// A row of a picture's bands from four rows of the picture, or of the scale before.
    func transform(
        _ row: Row, _ pictures: [PlaneView], _ picture: Int, _ scale: ADMScale, _ workspace: ADMWorkspace
    ) {
        let level = scale.level
        let at = scale.inputRows(of: row.index)
        let target = row.kept && level < 3 ? smooth.row(row.index, level: level, picture: picture) : nil
        if level == 0 {
            let plane = pictures[picture]
            let source = { (index: Int) in UnsafeRawPointer(plane.base + index * plane.strideBytes) }
            let rows = (source(at.0), source(at.1), source(at.2), source(at.3))
            let details: ADMRows<Int16> = picture == 0 ? workspace.fineReference.bands : workspace.distorted()
            fine(rows, target, row.needed ? details : nil, scale, workspace)
        } else {
            let source = { (index: Int) in
                UnsafeRawPointer(smooth.row(index, level: level - 1, picture: picture))
            }
            let rows = (source(at.0), source(at.1), source(at.2), source(at.3))
            let details: ADMRows<Int32> = picture == 0 ? workspace.deepReference.bands : workspace.distorted()
            deep(rows, target, row.needed ? details : nil, scale, workspace)
        }
    }

    private func fine(
        _ rows: ADMTransform.Rows, _ target: UnsafeMutableRawPointer?, _ details: ADMRows<Int16>?, _ scale: ADMScale,
        _ workspace: ADMWorkspace
    ) {
        let low: UnsafeMutablePointer<Int16> = workspace.low()
        let high: UnsafeMutablePointer<Int16> = workspace.high()
        ADMTransform.columns(
            rows, sampleBytes: format.sampleBytes, depth: format.bitDepth, count: scale.inputWidth, low: low,
            high: details == nil ? nil : high)
        Self.extend(low, scale.inputWidth)
        if let target {
            let target = target.assumingMemoryBound(to: Int16.self)
            ADMTransform.row(low, count: scale.width, low: target, high: nil)
        }
        guard let details else { return }
        Self.extend(high, scale.inputWidth)
        let start = 2 * scale.neededColumns.lowerBound
        let count = scale.neededColumns.count
        ADMTransform.row(low + start, count: count, low: nil, high: details.vertical)
        ADMTransform.row(high + start, count: count, low: details.horizontal, high: details.diagonal)
    }

    private func deep(
        _ rows: ADMTransform.Rows, _ target: UnsafeMutableRawPointer?, _ details: ADMRows<Int32>?, _ scale: ADMScale,
        _ workspace: ADMWorkspace
    ) {
        let low: UnsafeMutablePointer<Int32> = workspace.low()
        let high: UnsafeMutablePointer<Int32> = workspace.high()
        if scale.level == 1 {
            ADMDeepTransform.firstColumns(
                rows, count: scale.inputWidth, low: low, high: details == nil ? nil : high)
        } else {
            ADMDeepTransform.columns(rows, count: scale.inputWidth, low: low, high: details == nil ? nil : high)
        }
        let shift = scale.level == 2 ? 16 : 15
        Self.extend(low, scale.inputWidth)
        if let target {
            let target = target.assumingMemoryBound(to: Int32.self)
            ADMDeepTransform.row(low, count: scale.width, shift: shift, low: target, high: nil)
        }
        guard let details else { return }
        Self.extend(high, scale.inputWidth)
        let start = 2 * scale.neededColumns.lowerBound
        let count = scale.neededColumns.count
        ADMDeepTransform.row(low + start, count: count, shift: shift, low: nil, high: details.vertical)
        ADMDeepTransform.row(
            high + start, count: count, shift: shift, low: details.horizontal, high: details.diagonal)
    }

    /// What lies left mirrors to column 1, what lies right repeats the edge.
    private static func extend<Sample>(_ row: UnsafeMutablePointer<Sample>, _ width: Int) {
        row[-1] = row[1]
        row[width] = row[width - 1]
        row[width + 1] = row[width - 2]
    }
}
