import MezzMetrics
import Testing

@Suite("The choice of kernels")
struct KernelChoiceTests {
    private static let full = "processor\t: 0\nflags\t\t: fpu sse2 avx2 bmi1 bmi2 abm f16c movbe\n"

    @Test("every instruction set that the fast copy uses must be there")
    func processor() {
        #expect(KernelChoice.hasAVX2(processorInfo: Self.full))
        for missing in ["avx2", "bmi1", "bmi2", "abm", "f16c", "movbe"] {
            #expect(!KernelChoice.hasAVX2(processorInfo: Self.full.replacing(" " + missing, with: "")))
        }
        for text in ["", "flags", "flags\t:", "Features\t: fp asimd\n"] {
            #expect(!KernelChoice.hasAVX2(processorInfo: text))
        }
    }

    @Test("the environment chooses among what the processor can run")
    func environment() {
        #expect(KernelChoice.choice(wanted: nil, hasAVX2: true) == .avx2)
        #expect(KernelChoice.choice(wanted: "baseline", hasAVX2: true) == .baseline)
        #expect(KernelChoice.choice(wanted: "none such", hasAVX2: true) == .avx2)
        for wanted in [nil, "avx2", "baseline"] {
            #expect(KernelChoice.choice(wanted: wanted, hasAVX2: false) == .baseline)
        }
        #expect(KernelChoice.best(environment: ["MEZZ_KERNELS": "baseline"]) == .baseline)
        #expect(KernelChoice.available.contains(.best(environment: [:])))
    }
}
