import Foundation
import MezzCore
import MezzStorage
import MezzTestKit
import Testing

@Suite("The local store")
struct LocalStoreTests {
    @Test("keeps the port's contract", arguments: ObjectStoreConformance.checks)
    func conforms(_ check: ConformanceCheck<StoreBench>) async throws {
        try await withScratchFolder { folder in
            try await check.run(on: StoreBench(store: try LocalStore(root: "\(folder)/store"), folder: folder))
        }
    }

    @Test("objects are read-only and lie under their hash")
    func layout() async throws {
        try await withScratchFolder { folder in
            let store = try LocalStore(root: "\(folder)/deep/down/store")
            let object = try await store.put(fileAt: try file("a", in: folder))
            let hex = object.hash.hex
            let path = "\(folder)/deep/down/store/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
            #expect(try await store.localPath(of: object.hash) == path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o444)
            #expect(try await store.hashes() == [object.hash])
        }
    }

    @Test("moving within a disk does not copy")
    func renames() async throws {
        try await withScratchFolder { folder in
            let store = try LocalStore(root: "\(folder)/store")
            let path = try file("a", in: folder)
            let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            let object = try await store.put(fileAt: path)
            let stored = try #require(try await store.localPath(of: object.hash))
            #expect(try FileManager.default.attributesOfItem(atPath: stored)[.systemFileNumber] as? Int == number)
        }
    }

    @Test("a file with a second name is copied, so that nobody can write to the object")
    func copiesLinkedFiles() async throws {
        try await withScratchFolder { folder in
            let store = try LocalStore(root: "\(folder)/store")
            let path = try file("a", in: folder)
            try FileManager.default.linkItem(atPath: path, toPath: "\(folder)/b")
            let object = try await store.put(fileAt: path)
            try Data("changed".utf8).write(to: URL(filePath: "\(folder)/b"), options: [])
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try await store.verify(object.hash))
        }
    }

    @Test("damage is found by verifying and fetching, and repaired by putting the content again")
    func damage() async throws {
        try await withScratchFolder { folder in
            let store = try LocalStore(root: "\(folder)/store")
            let object = try await store.put(fileAt: try file("a", in: folder))
            #expect(try await store.verify(object.hash))
            let path = try #require(try await store.localPath(of: object.hash))
            try FileManager.default.removeItem(atPath: path)
            try Data("short".utf8).write(to: URL(filePath: path))
            #expect(try await !store.verify(object.hash))
            await #expect(throws: StoreError.damaged(object.hash)) {
                try await store.fetch(object.hash, to: "\(folder)/out")
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
            _ = try await store.put(fileAt: try file("a", in: folder))
            #expect(try await store.verify(object.hash))
        }
    }

    @Test("leftovers of dead writers are swept, other files are left alone")
    func sweeps() async throws {
        try await withScratchFolder { folder in
            let incoming = "\(folder)/store/incoming"
            try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
            let names = [".mezz-object-dead.partial", ".mezz-object-busy.partial", "notes.partial"]
            for name in names { try Data("x".utf8).write(to: URL(filePath: "\(incoming)/\(name)")) }
            let writer = open("\(incoming)/\(names[1])", O_RDWR)
            try #require(flock(writer, LOCK_EX) == 0)
            _ = try LocalStore(root: "\(folder)/store")
            #expect(try FileManager.default.contentsOfDirectory(atPath: incoming).sorted() == [names[1], names[2]])
            close(writer)
            try LocalStore.sweepLeftovers(in: incoming)
            #expect(try FileManager.default.contentsOfDirectory(atPath: incoming) == [names[2]])
        }
    }

    @Test("a root that cannot be a folder is refused with the system's reason")
    func badRoot() async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/folder-in-the-way"
            try Data().write(to: URL(filePath: path))
            #expect(throws: StoreError.failed(path: "\(path)/objects", code: ENOTDIR)) { try LocalStore(root: path) }
        }
    }

    private func file(_ name: String, in folder: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data("some content".utf8).write(to: URL(filePath: path))
        return path
    }

    private func withScratchFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mezz-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path())
    }
}
