import ArgumentParser
import MezzEncode
import MezzPackaging
import MezzPipeline

/// The options that decide a package.
struct EncodeOptions: ParsableArguments {
    @OptionGroup(title: "Ladder")
    var ladder: LadderOptions

    @Flag(help: "One file a segment instead of one file a track.")
    var segmented = false

    @Flag(help: "Require each rung's minimum quality at its own size as well.")
    var gate = false

    @Option(
        help: ArgumentHelp(
            "HDR10+ metadata for HEVC: the source's own, none, or a JSON file.", valueName: "source|none|file.json"))
    var hdr10plus: String = "source"

    @Option(
        help: ArgumentHelp(
            "Encrypt with the keys in this JSON file, or in an environment variable.", valueName: "keys.json|env:name"))
    var drm: String?

    func validate() throws {
        if gate, ladder.ladder == .category {
            throw ValidationError("--gate needs constant quality: use --ladder fixed, per-title or per-shot")
        }
    }

    /// - Parameter keys: What ``keys()`` read: once, for the file may be a pipe.
    func spec(keys: KeyRing?) throws -> JobSpec {
        var spec = try ladder.spec()
        spec.segmented = segmented
        spec.gate = gate
        switch hdr10plus {
        case "source": spec.hdr10Plus = .source
        case "none": spec.hdr10Plus = .none
        default: spec.hdr10Plus = try described(hdr10plus)
        }
        spec.protection = keys?.protection
        return spec
    }

    /// The keys given, to be read once.
    func keys() throws -> KeyRing? { try drm.map(KeyIntake.read) }

    private func described(_ path: String) throws -> HDR10PlusSource {
        let frames = try HDR10PlusFile.read(path).frames
        return .file(try SideFile(path).hash, frames: frames)
    }

    /// The files that `spec()` names by their content.
    func sideFiles() throws -> [SideFile] {
        ["source", "none"].contains(hdr10plus) ? [] : [try SideFile(hdr10plus)]
    }
}
