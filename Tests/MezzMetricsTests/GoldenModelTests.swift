import MezzMetrics
import MezzTestKit
import Testing

/// Models fed with libvmaf's own features: what is tested is the way from features to scores alone.
@Suite("Models on libvmaf's features", .enabled("no golden tables beside the checkout") { GoldenTable.isHere })
struct GoldenModelTests {
    @Test("every model scores as in libvmaf", .timeLimit(.minutes(1)))
    func scores() throws {
        let table = try GoldenTable()
        var tally = Tally()
        for name in Model.knownNames {
            var model = try Model(named: name)
            if name == "vmaf_b_v0.6.3" { model.scoreName = "vmaf_b" }
            for pair in table.pairs {
                for frame in table.frames(of: pair.name) {
                    tally.add(model, table.features(of: pair.name, frame: String(frame)))
                }
            }
        }
        print(
            "golden models: \(tally.values) values of \(tally.names.count) scores, largest difference \(tally.largest)")
        #expect(tally.values > 1_500)
        #expect(tally.names.count >= 14)
        #expect(tally.largest < 1e-9)
    }

    private struct Tally {
        var values = 0
        var largest = 0.0
        var names: Set<String> = []

        mutating func add(_ model: Model, _ golden: [String: Double]) {
            let inputs = model.featureNames.compactMap { golden[$0] }
            guard inputs.count == model.featureNames.count else { return }
            for (name, value) in zip(model.scoreNames, model.values(inputs)) {
                guard let expected = golden[name] else { continue }
                values += 1
                names.insert(name)
                largest = max(largest, abs(value - expected))
            }
        }
    }
}
