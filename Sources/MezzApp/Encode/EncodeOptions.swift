import ArgumentParser
import MezzPipeline

/// The options that decide a package.
struct EncodeOptions: ParsableArguments {
    @OptionGroup(title: "Ladder")
    var ladder: LadderOptions

    @Flag(help: "One file a segment instead of one file a track.")
    var segmented = false

    @Flag(help: "Require each rung's minimum quality at its own size as well.")
    var gate = false

    func validate() throws {
        if gate, ladder.ladder == .category {
            throw ValidationError("--gate needs constant quality: use --ladder fixed, per-title or per-shot")
        }
    }

    func spec() throws -> JobSpec {
        var spec = try ladder.spec()
        spec.segmented = segmented
        spec.gate = gate
        return spec
    }
}
