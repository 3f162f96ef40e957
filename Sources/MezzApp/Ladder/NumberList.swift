import ArgumentParser

/// Numbers with commas between them, as an option's value.
struct NumberList: ExpressibleByArgument {
    let values: [Double]

    init(_ values: [Double]) {
        self.values = values
    }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let values = parts.compactMap { Double($0) }.filter(\.isFinite)
        guard !parts.isEmpty, values.count == parts.count else { return nil }
        self.values = values
    }

    var defaultValueDescription: String {
        values.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }.joined(separator: ",")
    }
}
