import Foundation
import Glibc
import MezzCore
import MezzStorage
import MezzWorkflow

/// Puts finished files into the output folder: everything is gathered aside first, then each top-level name appears
/// by one rename, the report last.
struct PackagePublisher {
    let folder: StateFolder

    /// Order in which the names appear: media before what points at it.
    private static let order = [
        "video", "audio", "text", "thumbnails", "manifest.mpd", "master.m3u8", "job.json", "report.html", "report.json",
    ]

    private var staging: String { folder.root + "/publish" }

    /// - Parameters:
    ///   - artifacts: Files named by their path in the package.
    ///   - documents: Small files by name.
    func publish(
        _ artifacts: [Artifact], of store: any ObjectStore, documents: [(name: String, content: Data)]
    ) async throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: staging)
        try manager.createDirectory(atPath: staging, withIntermediateDirectories: true)
        for artifact in artifacts {
            let path = staging + "/" + artifact.name
            try manager.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try await PackagedFile.place(artifact, at: path, from: store)
            chmod(path, 0o644)
        }
        for document in documents {
            try document.content.write(to: URL(fileURLWithPath: staging + "/" + document.name))
        }
        try swapAll()
    }

    /// A whole package that lies in a folder, with more documents.
    func publish(folder package: String, documents: [(name: String, content: Data)]) throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: staging)
        try manager.moveItem(atPath: package, toPath: staging)
        for document in documents {
            try document.content.write(to: URL(fileURLWithPath: staging + "/" + document.name))
        }
        try swapAll()
    }

    private func swapAll() throws {
        let manager = FileManager.default
        let names = Set(try manager.contentsOfDirectory(atPath: staging))
        for name in Self.order where manager.fileExists(atPath: staging + "/" + name) { try swap(name) }
        // What an earlier package had and this one has not: the manifests no longer name it.
        for name in Self.order where !names.contains(name) {
            try? manager.removeItem(atPath: folder.output + "/" + name)
        }
        try? manager.removeItem(atPath: staging)
    }

    private func swap(_ name: String) throws {
        let target = folder.output + "/" + name
        let old = staging + "/old-" + name
        let manager = FileManager.default
        if manager.fileExists(atPath: target) { try manager.moveItem(atPath: target, toPath: old) }
        guard rename(staging + "/" + name, target) == 0 else {
            throw Failure(
                .failed, what: "\(name) cannot be put into place (\(String(cString: strerror(errno))))",
                place: folder.output.printable, remedy: "check the disk and run the same command again")
        }
        try? manager.removeItem(atPath: old)
    }
}
