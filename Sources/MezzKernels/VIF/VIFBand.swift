/// A band of rows of one scale, for all distorted pictures.
struct VIFBand {
    let scale: Int
    let rows: Range<Int>
    let gainLimits: [Double]
    let filter: VIFFilter
    let bitDepth: Int
    let scratch: VIFScratch
    let table: VIFLogTable
    let reference: VIFPlane
    let distorted: [VIFPlane]
    let referencePyramid: VIFPyramid
    let distortedPyramids: [VIFPyramid]

    /// - Returns: `nil` without a picture.
    init?(_ extractor: VIFExtractor, scale: Int, band: Int) {
        guard let reference = extractor.plane(scale: scale, picture: nil) else { return nil }
        self.scale = scale
        self.reference = reference
        distorted = extractor.distorted.indices.compactMap { extractor.plane(scale: scale, picture: $0) }
        // Bands start at even rows: rows are worked on in twos, and even ones make the next scale.
        let pairs = (reference.height + 1) / 2
        let start = pairs * band / extractor.bands * 2
        rows = start..<max(start, min(pairs * (band + 1) / extractor.bands * 2, reference.height))
        gainLimits = extractor.gainLimits
        filter = extractor.filters[scale]
        bitDepth = scale == 0 ? extractor.bitDepth : 16
        scratch = extractor.scratch[band]
        table = extractor.table
        referencePyramid = extractor.referencePyramid
        distortedPyramids = extractor.distortedPyramids
    }

    func run() -> VIFTotals {
        var totals = VIFTotals(pictures: distorted.count, variants: gainLimits.count)
        for start in stride(from: 0, to: reference.width, by: VIFScratch.stripWidth) {
            let end = min(start + VIFScratch.stripWidth, reference.width)
            VIFStrip(band: self, columns: start..<end).run(&totals)
        }
        totals.silentSamples = rows.count * reference.width - totals.samples
        return totals
    }
}
