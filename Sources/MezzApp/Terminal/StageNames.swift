/// The stages as a person knows them, in the order of the work.
enum StageNames {
    static let order: [(kind: String, title: String)] = [
        ("inspect", "inspect"), ("hash", "hash source"), ("index", "index frames"), ("audio", "audio"),
        ("text", "timed text"),
        ("probe", "trial encodes"), ("ladder", "ladder"), ("encode", "encode"), ("assemble", "join"),
        ("measure", "measure quality"), ("gate", "quality gate"), ("package", "package"), ("protect", "encrypt"),
        ("thumbnails", "thumbnails"), ("tiles", "time line tiles"),
        ("verify", "verify"), ("verify-protection", "verify encryption"), ("hdr10plus", "HDR10+ metadata"),
    ]

    static func title(_ kind: String) -> String? { order.first { $0.kind == kind }?.title }
    static func rank(_ kind: String) -> Int { order.firstIndex { $0.kind == kind } ?? .max }
}
