import MezzPixels

/// The feature requests of several models as one list without repetitions, in the order they were first made.
struct FeatureUnion {
    private(set) var requests: [FeatureRequest] = []

    init(_ lists: [[FeatureRequest]]) {
        for request in lists.joined() { add(request) }
    }

    /// ADM with and without AIM are one request: the one with it.
    private mutating func add(_ request: FeatureRequest) {
        guard case .adm(var options) = request else {
            if !requests.contains(request) { requests.append(request) }
            return
        }
        let known = requests.firstIndex { known in
            guard case .adm(var other) = known else { return false }
            other.measuresAdditions = options.measuresAdditions
            return other == options
        }
        guard let known else { return requests.append(request) }
        if case .adm(let other) = requests[known] {
            options.measuresAdditions = options.measuresAdditions || other.measuresAdditions
            requests[known] = .adm(options)
        }
    }

    /// A name that two different requests would give their features; `nil` is as it should be.
    var ambiguousName: String? {
        var seen: Set<String> = []
        return requests.flatMap { $0.names + $0.timeNames }.first { !seen.insert($0).inserted }
    }
}
