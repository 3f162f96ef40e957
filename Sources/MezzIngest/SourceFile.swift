import Foundation
package import MezzCore

/// The checks on a source before any tool opens it.
package enum SourceFile {
    /// - Returns: The file's absolute path and size in bytes.
    /// - Throws: `Failure` with `input` for what is not a readable, non-empty file.
    package static func check(_ path: String) throws(Failure) -> (path: String, bytes: Int) {
        // A link is how people keep masters on other volumes; what it leads to is what is read.
        let absolute = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder) else {
            throw refuse("no such file", path, "check the path")
        }
        guard !isFolder.boolValue else {
            throw refuse("is a folder", path, "name the media file inside it")
        }
        guard FileManager.default.isReadableFile(atPath: absolute) else {
            throw refuse("cannot be read", path, "give this user the right to read it")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: absolute)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw refuse("is not a regular file", path, "copy the media into a file first: it is read many times")
        }
        let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        guard bytes > 0 else { throw refuse("is empty (0 bytes)", path, "copy or export the file again") }
        return (absolute, bytes)
    }

    static func refuse(_ what: String, _ path: String, _ remedy: String, detail: String = "") -> Failure {
        Failure(.input, what: what, place: path.printable, remedy: remedy, detail: detail)
    }
}
