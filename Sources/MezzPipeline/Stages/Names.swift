import MezzCore

/// Names of tasks that others come after.
enum TaskName {
    static let inspect = "inspect"
    static let check = "check"
    static let hash = "hash"
    static let index = "index"
    static let plan = "plan"
    static let hdr10Plus = "hdr10plus"
    static let thumbnails = "thumbnails"
    static let tiles = "tiles"
    static let package = "package"
    /// The package as it is delivered, where it is encrypted.
    static let protect = "protect"

    static func audio(_ track: String) -> String { "audio/\(track)" }
    static func text(_ track: String) -> String { "text/\(track)" }
    static func ladder(_ codec: CodecFamily, _ round: Int) -> String { "ladder/\(codec.rawValue)/\(round)" }
    static func probe(_ codec: CodecFamily, unit: Int, group: Int, round: Int) -> String {
        "probe/\(codec.rawValue)/\(unit)/\(round).\(group)"
    }
    static func encode(_ codec: CodecFamily, chunk: Int, round: Int, rung: String? = nil) -> String {
        "encode/\(rung ?? codec.rawValue)/\(chunk)/\(round)"
    }
    static func assemble(_ rung: String, round: Int) -> String { "assemble/\(rung)/\(round)" }
    /// The rung that a task named by `assemble` joins.
    static func rung(ofAssembly name: String) -> String {
        let parts = name.split(separator: "/")
        return parts.count == 3 ? String(parts[1]) : name
    }
    static func measure(_ what: String, from chunk: Int, round: Int) -> String {
        "measure/\(what)/\(chunk)/\(round)"
    }
    static func ownSize(_ rung: String, from chunk: Int, round: Int) -> String {
        "measure-own-size/\(rung)/\(chunk)/\(round)"
    }
    static func gate(_ round: Int) -> String { "gate/\(round)" }
    static func verify(_ what: String) -> String { "verify/\(what)" }
    static func verifyProtection(_ what: String) -> String { "verify-protection/\(what)" }
}

/// Names of artifacts inside their task.
enum ArtifactName {
    static let index = "frames.index"
    static let joined = "joined.mp4"
    static let audio = "audio.mp4"
    /// A text as it is delivered beside the package's segments.
    static let text = "delivered.vtt"
    /// The same as the packager is given it.
    static let textInput = "packager.vtt"
    static func hdr10Plus(_ range: FrameRange) -> String { "\(range.first)-\(range.end).json" }
}
