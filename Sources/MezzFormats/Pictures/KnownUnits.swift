/// The bytes of the parameter sets last seen, to tell repeated ones from changed ones.
struct KnownUnits: Hashable, Sendable {
    private struct Key: Hashable {
        let kind: ParameterSetSeen.Kind
        let id: Int
    }

    private var units: [Key: [UInt8]] = [:]

    /// Bytes of a parameter set beyond which it is refused. Scaling lists take about 1 KiB, HRD parameters less.
    private static let mostBytes = 1 << 14

    static func check(_ unit: Range<Int>) throws(FormatError) {
        guard unit.count <= mostBytes else {
            throw FormatError(.tooLarge, "a parameter set of \(unit.count) bytes", at: unit.lowerBound)
        }
    }

    /// Keeps the bytes of `unit` and tells whether they are new.
    mutating func see(_ kind: ParameterSetSeen.Kind, _ id: Int, _ bytes: ArraySlice<UInt8>) -> ParameterSetSeen {
        let key = Key(kind: kind, id: id)
        let isNews = units[key].map { !$0.elementsEqual(bytes) } ?? true
        if isNews { units[key] = Array(bytes) }
        return ParameterSetSeen(kind: kind, id: id, isNews: isNews)
    }
}
