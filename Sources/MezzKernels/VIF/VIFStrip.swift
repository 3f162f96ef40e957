/// A strip of columns of a band, two rows at a time from top to bottom.
struct VIFStrip {
    private let band: VIFBand
    private let columns: Range<Int>
    /// Columns with those the filter reaches on each side, inside the picture.
    private let input: Range<Int>
    private let filter: VIFFilter
    private let scratch: VIFScratch
    private let vertical: VIFVertical

    init(band: VIFBand, columns: Range<Int>) {
        self.band = band
        self.columns = columns
        input =
            max(
                columns.lowerBound - VIFScratch.halo, 0)..<min(
                columns.upperBound + VIFScratch.halo, band.reference.width)
        filter = band.filter
        scratch = band.scratch
        vertical = VIFVertical(
            bitDepth: band.bitDepth, blocks: (input.count + 15) / 16, lineBytes: VIFScratch.lineBytes,
            sums: (band.scratch.distortedMeans, band.scratch.sums))
    }

    func run(_ totals: inout VIFTotals) {
        let ring = filter.ringPairs
        scratch.reference.prepare(for: filter)
        for picture in band.distorted.indices { scratch.distorted[picture].prepare(for: filter) }
        for pair in 0..<ring - 1 where !band.rows.isEmpty { fill(slot: pair, pair: pair) }
        for (index, row) in stride(from: band.rows.lowerBound, to: band.rows.upperBound, by: 2).enumerated() {
            fill(slot: (index + ring - 1) % ring, pair: index + ring - 1)
            let first = index % ring
            let count = min(2, band.rows.upperBound - row)
            measureReference(first: first, count: count, totals: &totals)
            for picture in band.distorted.indices {
                measure(picture, first: first, count: count, totals: &totals)
            }
            guard band.scale < 3, row / 2 < band.reference.height / 2 else { continue }
            decimate(scratch.reference, first: first, row: row / 2, to: band.referencePyramid)
            for picture in band.distorted.indices {
                decimate(scratch.distorted[picture], first: first, row: row / 2, to: band.distortedPyramids[picture])
            }
        }
    }

    /// Fills all pictures' rings with the pair `pair` of the band.
    private func fill(slot: Int, pair: Int) {
        let row = band.rows.lowerBound - filter.radius + 2 * pair
        fill(scratch.reference, slot: slot, plane: band.reference, row: row, reference: nil)
        for picture in band.distorted.indices {
            fill(
                scratch.distorted[picture], slot: slot, plane: band.distorted[picture], row: row,
                reference: scratch.reference)
        }
    }

    private func fill(_ ring: VIFRing, slot: Int, plane: VIFPlane, row: Int, reference: VIFRing?) {
        ring.fill(
            slot: slot, plane: plane, row: row, column: input.lowerBound, blocks: vertical.blocks,
            isWide: band.bitDepth > 8, reference: reference)
    }

    private func measureReference(first: Int, count: Int, totals: inout VIFTotals) {
        for row in 0..<count {
            filterMeans(scratch.reference, first: first, row: row)
            filterProducts(scratch.reference, (.squareHigh, .squareLow), first: first, row: row, line: 1)
            mirror(lineCount: 3, radius: filter.radius)
            horizontal.referenceVariance(means: scratch.means[row], variances: scratch.referenceVariances[row])
            let found = statistics.reference(variances: scratch.referenceVariances[row])
            totals.information += found.information
            totals.samples += found.samples
        }
    }

    private func measure(_ picture: Int, first: Int, count: Int, totals: inout VIFTotals) {
        let ring = scratch.distorted[picture]
        let variants = band.gainLimits.count
        for row in 0..<count {
            filterMeans(ring, first: first, row: row)
            filterProducts(ring, (.squareHigh, .squareLow), first: first, row: row, line: 1)
            filterProducts(ring, (.productHigh, .productLow), first: first, row: row, line: 3)
            mirror(lineCount: VIFScratch.lineCount, radius: filter.radius)
            horizontal.distortedVariance(
                referenceMeans: scratch.means[row], variances: scratch.variances, covariances: scratch.covariances)
            let found = (scratch.referenceVariances[row], scratch.variances, scratch.covariances)
            totals.silentVariance[picture] += statistics.silence(
                referenceVariances: found.0, variances: found.1, covariances: found.2)
            statistics.distorted(
                referenceVariances: found.0, variances: found.1, covariances: found.2, limits: scratch.limits
            ) { totals.distorted[picture * variants + $0] += $1 }
        }
    }

    private func filterMeans(_ ring: VIFRing, first: Int, row: Int) {
        vertical.means(ring.rows(.samples, first: first), filter.rows[row], to: output)
    }

    private func filterProducts(
        _ ring: VIFRing, _ chains: (high: VIFRing.Chain, low: VIFRing.Chain), first: Int, row: Int, line: Int
    ) {
        vertical.products(
            high: ring.rows(chains.high, first: first), low: ring.rows(chains.low, first: first), filter.rows[row],
            to: output + line * VIFScratch.lineBytes)
    }

    private func decimate(_ ring: VIFRing, first: Int, row: Int, to pyramid: VIFPyramid) {
        vertical.means(ring.nextRows(first: first), filter.nextRow, to: output)
        mirror(lineCount: 1, radius: filter.nextRadius)
        horizontal.decimate(to: pyramid.row(row, scale: band.scale + 1) + columns.lowerBound)
    }

    /// Where the first input column belongs in the first line.
    private var output: UnsafeMutableRawPointer { scratch.lines - 2 * (columns.lowerBound - input.lowerBound) }

    private var horizontal: VIFHorizontal {
        VIFHorizontal(
            filter: filter, width: columns.count, lines: scratch.lines, lineBytes: VIFScratch.lineBytes,
            sums: (scratch.distortedMeans, scratch.sums))
    }

    private var statistics: VIFStatistics {
        VIFStatistics(
            table: band.table, blocks: (columns.count + 15) / 16 * 2, keys: scratch.keys)
    }

    /// Reflects what is left and right of the picture into the lines' margins.
    private func mirror(lineCount: Int, radius: Int) {
        for index in 0..<lineCount {
            let at = scratch.lines + index * VIFScratch.lineBytes
            let line = at.assumingMemoryBound(to: UInt16.self)
            if columns.lowerBound == 0 {
                for distance in 1...radius { (line - distance).pointee = line[distance] }
            }
            if columns.upperBound + radius > band.reference.width {
                let last = line + (band.reference.width - 1 - columns.lowerBound)
                for distance in 1...radius { last[distance] = (last - distance).pointee }
            }
        }
    }
}
