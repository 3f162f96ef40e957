import Foundation
import Glibc

/// A disk of a few kilobytes, in memory, mounted at `disk` in a test's folder.
package struct SmallDisk: Sendable {
    private let folder: TestFolder
    private var path: String { folder("disk") }

    /// Whether such a disk can be mounted here.
    package static func isAvailable() async -> Bool {
        guard geteuid() == 0 else { return false }
        do {
            return try await TestFolder.with { folder in
                try await with(kilobytes: 64, in: folder) { _ in true }
            }
        } catch {
            return false
        }
    }

    /// Mounts a disk, runs `body` and unmounts it.
    package static func with<Value>(
        kilobytes: Int, in folder: TestFolder, _ body: (SmallDisk) async throws -> Value
    ) async throws -> Value {
        let disk = SmallDisk(folder: folder)
        try FileManager.default.createDirectory(atPath: disk.path, withIntermediateDirectories: true)
        try await disk.command("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", disk.path])
        do {
            let value = try await body(disk)
            try await disk.command("/bin/umount", [disk.path])
            return value
        } catch {
            // Lazily: what failed may still hold a file open.
            try? await disk.command("/bin/umount", ["--lazy", disk.path])
            throw error
        }
    }

    /// Gives the disk more room.
    package func grow(toKilobytes kilobytes: Int) async throws {
        try await command("/bin/mount", ["-o", "remount,size=\(kilobytes)k", path])
    }

    private func command(_ program: String, _ arguments: [String]) async throws {
        let end = try await Child(program, arguments, in: folder).end(within: 30)
        guard end.status == 0 else { throw MediaMaker.Failed(description: "\(program): \(end.errorText)") }
    }
}
