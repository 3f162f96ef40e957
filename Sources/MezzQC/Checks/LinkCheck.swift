import Foundation
import MezzCore

/// A package holds files and folders only: a symbolic link in it may lead anywhere.
enum LinkCheck {
    /// What a job keeps beside its package; nothing of the package leads there.
    private static let stateFolder = ".mezz"

    static func findings(in folder: String) -> [Finding] {
        guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
        var findings: [Finding] = []
        while let name = names.nextObject() as? String {
            if name == stateFolder {
                names.skipDescendants()
                continue
            }
            guard names.fileAttributes?[.type] as? FileAttributeType == .typeSymbolicLink else { continue }
            findings.append(PackageRule.manifestEscape.finding("\(name) is a symbolic link".printable))
        }
        return findings
    }
}
