/// What a hostile picture may fill is kept short.
extension CodedPicture {
    private static let mostDamage = 16
    private static let mostParameterSets = 512

    /// Keeps an error that does not keep the picture from being read.
    mutating func note(_ error: FormatError) {
        if damage.count < Self.mostDamage { damage.append(error) }
    }

    mutating func add(_ seen: ParameterSetSeen) {
        if parameterSets.count < Self.mostParameterSets { parameterSets.append(seen) }
    }
}
