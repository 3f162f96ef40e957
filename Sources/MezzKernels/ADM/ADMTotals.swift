/// Rounded row sums of a picture's rows, all scales: what threads add up apart from each other.
struct ADMTotals {
    /// Sums of one image in one unit, by band.
    typealias Bands = SIMD4<Int64>

    private let encodes: Int
    private let units: Int
    /// Of the reference, by scale.
    private(set) var reference: [Bands]
    private var kept: [Bands]
    private var added: [Bands]

    init(encodes: Int, units: Int) {
        self.encodes = encodes
        self.units = units
        reference = Array(repeating: Bands(), count: 4)
        kept = Array(repeating: Bands(), count: 4 * encodes * units)
        added = kept
    }

    mutating func add(reference bands: Bands, level: Int) { reference[level] &+= bands }

    mutating func add(_ bands: (Int64, Int64, Int64), asAdded: Bool, level: Int, encode: Int, unit: Int) {
        let at = (level * encodes + encode) * units + unit
        let bands = Bands(bands.0, bands.1, bands.2, 0)
        if asAdded { added[at] &+= bands } else { kept[at] &+= bands }
    }

    func kept(level: Int, encode: Int, unit: Int) -> Bands { kept[(level * encodes + encode) * units + unit] }

    func added(level: Int, encode: Int, unit: Int) -> Bands { added[(level * encodes + encode) * units + unit] }

    static func &+= (total: inout ADMTotals, part: ADMTotals) {
        for at in total.reference.indices { total.reference[at] &+= part.reference[at] }
        for at in total.kept.indices {
            total.kept[at] &+= part.kept[at]
            total.added[at] &+= part.added[at]
        }
    }
}
