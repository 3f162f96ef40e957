import ArgumentParser
import MezzPipeline

/// Services with commas between, as in "encode,quality".
struct ServiceList: ExpressibleByArgument {
    let services: [Service]

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        let services = names.compactMap { Service(rawValue: String($0)) }
        guard !services.isEmpty, services.count == names.count else { return nil }
        self.services = services
    }

    static let all = Service.allCases.map(\.rawValue).joined(separator: ", ")

    var kinds: Set<String> { services.reduce(into: []) { $0.formUnion($1.kinds) } }
}
