import MezzCore
import MezzPackaging
import MezzPipeline
import MezzQC

/// Holds what each track's container says of its encryption against the package's own report.
struct ProtectionAudit {
    let report: Report
    let package: String

    func findings(_ expectation: PackageExpectation) -> [Finding] {
        let check = ProtectedTrackCheck(clear: package, protected: package)
        guard let protection = report.protection else {
            return expectation.references.filter { check.isProtected($0) }.map { reference in
                Finding(
                    "package.protection.unreported", .warning,
                    "the track is encrypted, and the report knows of no protection",
                    place: Finding.Place(stream: reference.id),
                    remedy: "nothing, if an earlier version made the package and it is meant to be protected")
            }
        }
        let sizes = Dictionary(
            expectation.rungs.map { ($0.id, Resolution(width: $0.width, height: $0.height)) },
            uniquingKeysWith: { first, _ in first })
        return expectation.references.filter { $0.kind != .text }.flatMap { reference in
            let label = sizes[reference.id].map(KeyLabel.init) ?? .audio
            return check.signalling(
                reference, scheme: protection.scheme, keyID: protection.keyIDs[label.rawValue] ?? "")
        }
    }
}
