import Foundation
import MezzLadder
import Testing

@Suite("Bjøntegaard rate difference")
struct BDRateTests {
    private let anchor = [(300e3, 62.0), (600e3, 76), (1.2e6, 86), (2.4e6, 92.5), (4.8e6, 96.5)]
        .map { RatePoint(bps: $0.0, vmaf: $0.1) }

    private func scaled(_ factor: Double) -> [RatePoint] {
        anchor.map { RatePoint(bps: $0.bps * factor, vmaf: $0.vmaf) }
    }

    @Test("a curve against itself is 0, and a constant factor is that factor", arguments: [0.5, 0.8, 1, 1.3, 4])
    func factor(_ factor: Double) throws {
        let result = try bdRate(anchor: anchor, test: scaled(factor).shuffled())
        #expect(abs(result.percent - (factor - 1) * 100) < 1e-9)
        #expect(result.lowVMAF == 62)
        #expect(result.highVMAF == 96.5)
    }

    @Test("the cap bounds the range")
    func cap() throws {
        let result = try bdRate(anchor: anchor, test: scaled(0.9), cap: 95)
        #expect(result.highVMAF == 95)
        #expect(abs(result.percent + 10) < 1e-9)
    }

    @Test("two log-linear curves agree with the integral by hand")
    func byHand() throws {
        // ln(bps) = v / 10 and 0.9 * v / 10: over 60...90 the mean difference is -0.75.
        let a = [60.0, 75, 90].map { RatePoint(bps: exp($0 / 10), vmaf: $0) }
        let b = [60.0, 75, 90].map { RatePoint(bps: exp($0 * 0.09), vmaf: $0) }
        #expect(abs(try bdRate(anchor: a, test: b).percent - (exp(-0.75) - 1) * 100) < 1e-9)
    }

    @Test("PCHIP agrees with an independent implementation")
    func reference() throws {
        // SciPy PchipInterpolator on the same points, integrated over 62...95.
        let test = [(250e3, 60.0), (500e3, 74), (900e3, 83), (2e6, 92), (4e6, 97)]
            .map { RatePoint(bps: $0.0, vmaf: $0.1) }
        let result = try bdRate(anchor: anchor, test: test, cap: 95)
        #expect(abs(result.percent - Self.independentValue) < 1e-6)
    }

    static let independentValue = -7.423799686

    @Test("dominated and repeated points do not matter")
    func dominated() throws {
        let noisy = scaled(0.9) + [RatePoint(bps: 2e6, vmaf: 70), RatePoint(bps: 6e6, vmaf: 96.5)] + scaled(0.9)
        #expect(abs(try bdRate(anchor: anchor, test: noisy).percent + 10) < 1e-9)
    }

    @Test("what cannot be compared is an error")
    func errors() {
        #expect(throws: BDRateError.tooFewPoints) { try bdRate(anchor: [], test: anchor) }
        #expect(throws: BDRateError.tooFewPoints) { try bdRate(anchor: anchor, test: [anchor[0]]) }
        #expect(throws: BDRateError.tooFewPoints) {
            try bdRate(anchor: anchor, test: [anchor[0], anchor[0], RatePoint(bps: -1, vmaf: 80)])
        }
        #expect(throws: BDRateError.noOverlap) {
            try bdRate(anchor: anchor, test: [RatePoint(bps: 1e5, vmaf: 30), RatePoint(bps: 2e5, vmaf: 50)])
        }
        #expect(throws: BDRateError.noOverlap) { try bdRate(anchor: anchor, test: anchor, cap: 60) }
    }
}
