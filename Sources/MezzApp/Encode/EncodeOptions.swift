import ArgumentParser
import MezzEncode
import MezzMedia
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
            "Encrypt with the keys in this file (JSON or CPIX), in a variable, or of a key server.",
            valueName: "file|env:name|speke:url"))
    var drm: String?

    @OptionGroup(title: "Keys")
    var keySource: KeyOptions

    @OptionGroup(title: "Sound")
    var sound: SoundOptions

    @OptionGroup(title: "Timed text")
    var texts: TextTrackOptions

    func validate() throws {
        if gate, ladder.ladder == .category {
            throw ValidationError("--gate needs constant quality: use --ladder fixed, per-title or per-shot")
        }
    }

    /// What is asked for, with the files beside the source that it speaks of.
    struct Wish {
        var spec: JobSpec
        var sideFiles: [SideFile]
    }

    /// - Parameters:
    ///   - keys: What ``keys()`` read: once, for the file may be a pipe.
    ///   - tools: To look into files beside the source.
    func wish(keys: KeyRing?, tools: ToolSet) async throws -> Wish {
        var wish = Wish(spec: try ladder.spec(), sideFiles: [])
        wish.spec.segmented = segmented
        wish.spec.gate = gate
        switch hdr10plus {
        case "source": wish.spec.hdr10Plus = .source
        case "none": wish.spec.hdr10Plus = .none
        default:
            let frames = try HDR10PlusFile.read(hdr10plus).frames
            let side = try SideFile(hdr10plus)
            wish.spec.hdr10Plus = .file(side.hash, frames: frames)
            wish.sideFiles.append(side)
        }
        let (audio, soundFiles) = try await sound.wish(ToolRunner(tools: tools))
        let (text, textFiles) = try await texts.wishes()
        wish.spec.audio = audio
        wish.spec.text = text
        wish.sideFiles += soundFiles + textFiles
        wish.spec.protection = keys?.protection
        return wish
    }

    /// The keys given, to be read once.
    func keys() async throws -> KeyRing? { try await keySource.ring(drm) }
}
