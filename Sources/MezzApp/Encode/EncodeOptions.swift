import ArgumentParser
import Foundation
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

    func spec() throws -> JobSpec {
        var spec = try ladder.spec()
        spec.segmented = segmented
        spec.gate = gate
        switch hdr10plus {
        case "source": spec.hdr10Plus = .source
        case "none": spec.hdr10Plus = .none
        default: spec.hdr10Plus = try described(hdr10plus)
        }
        spec.protection = try keys()?.protection
        return spec
    }

    /// The keys that `spec()` speaks of.
    func keys() throws -> KeyRing? {
        try drm.map { try KeysFile.read($0, environment: ProcessInfo.processInfo.environment) }
    }

    private func described(_ path: String) throws -> HDR10PlusSource {
        let frames = try HDR10PlusFile.read(path).frames
        return .file(try SideFile(path).hash, frames: frames)
    }

    /// The files that `spec()` names by their content.
    func sideFiles() throws -> [SideFile] {
        ["source", "none"].contains(hdr10plus) ? [] : [try SideFile(hdr10plus)]
    }
}
