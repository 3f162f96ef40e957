internal import FoundationEssentials
internal import MezzCore
package import MezzStorage
internal import Testing

/// A store under test, with a folder for files to put in and fetch out.
package struct StoreBench: Sendable {
    /// The store.
    package let store: any ObjectStore
    /// A folder of the test's own.
    package let folder: String

    package init(store: any ObjectStore, folder: String) {
        self.store = store
        self.folder = folder
    }

    func file(_ name: String, _ content: Data) throws -> String {
        let path = "\(folder)/\(name)"
        try content.write(to: URL(filePath: path))
        return path
    }

    func content(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path))
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}

/// What every object store must do. Run each check on a fresh store.
package enum ObjectStoreConformance {
    private static let text = Data("content".utf8)

    /// More than one block, and not a whole number of them.
    private static let large = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })

    /// All checks.
    package static var checks: [ConformanceCheck<StoreBench>] { keeping + refusing + handling + ranges }

    private static let keeping: [ConformanceCheck<StoreBench>] = [
        ConformanceCheck("what was put in comes out") { bench in
            for (name, content) in [("empty", Data()), ("text", text), ("large", large)] {
                let path = try bench.file(name, content)
                let object = try await bench.store.put(fileAt: path)
                #expect(object == StoredObject(hash: ContentHash.of(content), bytes: content.count))
                #expect(try await bench.store.contains(object.hash))
                let copy = "\(bench.folder)/out/\(name)"
                try await bench.store.fetch(object.hash, to: copy)
                #expect(try bench.content(copy) == content)
            }
        },
        ConformanceCheck("moving takes the file away, copying leaves it as it is") { bench in
            let moved = try bench.file("moved", text)
            _ = try await bench.store.put(fileAt: moved, as: nil, by: .moving)
            #expect(!bench.exists(moved))
            let copied = try bench.file("copied", large)
            let object = try await bench.store.put(fileAt: copied, as: nil, by: .copying)
            try Data("changed".utf8).write(to: URL(filePath: copied))
            let copy = "\(bench.folder)/copy"
            try await bench.store.fetch(object.hash, to: copy)
            #expect(try bench.content(copy) == large)
        },
        ConformanceCheck("equal content is kept once, and putting it again is no error") { bench in
            let first = try await bench.store.put(fileAt: try bench.file("a", text))
            let path = try bench.file("b", text)
            let second = try await bench.store.put(fileAt: path)
            #expect(first == second)
            #expect(!bench.exists(path))
        },
        ConformanceCheck("a local path, where there is one, holds the content") { bench in
            let object = try await bench.store.put(fileAt: try bench.file("a", text))
            if let path = try await bench.store.localPath(of: object.hash) {
                #expect(try bench.content(path) == text)
            }
        },
        ConformanceCheck("an announced hash is accepted when right") { bench in
            let hash = ContentHash.of(text)
            let object = try await bench.store.put(fileAt: try bench.file("a", text), as: hash)
            #expect(object.hash == hash)
        },
    ]

    private static let refusing: [ConformanceCheck<StoreBench>] = [
        ConformanceCheck("an announced hash is refused when wrong, and the file stays") { bench in
            let path = try bench.file("a", text)
            let wrong = ContentHash.of(large)
            for intake in [Intake.moving, .copying] {
                await #expect(
                    throws: StoreError.mismatch(path: path, expected: wrong, found: ContentHash.of(text))
                ) { _ = try await bench.store.put(fileAt: path, as: wrong, by: intake) }
            }
            #expect(try bench.content(path) == text)
            #expect(try await !bench.store.contains(wrong))
            #expect(try await !bench.store.contains(ContentHash.of(text)))
        },
        ConformanceCheck("only regular files are taken") { bench in
            let path = try bench.file("a", text)
            let link = "\(bench.folder)/link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            await #expect(throws: StoreError.notAFile(link)) { _ = try await bench.store.put(fileAt: link) }
            await #expect(throws: StoreError.notAFile(bench.folder)) {
                _ = try await bench.store.put(fileAt: bench.folder)
            }
            await #expect(throws: StoreError.self) {
                _ = try await bench.store.put(fileAt: "\(bench.folder)/nothing")
            }
        },
        ConformanceCheck("a missing object is missing") { bench in
            let hash = ContentHash.of(text)
            #expect(try await !bench.store.contains(hash))
            #expect(try await bench.store.localPath(of: hash) == nil)
            await #expect(throws: StoreError.missing(hash)) {
                try await bench.store.fetch(hash, to: "\(bench.folder)/x")
            }
            #expect(!bench.exists("\(bench.folder)/x"))
            try await bench.store.remove(hash)
        },
    ]

    private static let handling: [ConformanceCheck<StoreBench>] = [
        ConformanceCheck("a removed object is gone and can be put in again") { bench in
            let object = try await bench.store.put(fileAt: try bench.file("a", text))
            try await bench.store.remove(object.hash)
            #expect(try await !bench.store.contains(object.hash))
            _ = try await bench.store.put(fileAt: try bench.file("b", text))
            #expect(try await bench.store.contains(object.hash))
        },
        ConformanceCheck("fetching replaces what is there, and the copy is the caller's") { bench in
            let object = try await bench.store.put(fileAt: try bench.file("a", text))
            let copy = try bench.file("copy", large)
            try await bench.store.fetch(object.hash, to: copy)
            #expect(try bench.content(copy) == text)
            try Data("mine".utf8).write(to: URL(filePath: copy))
            try await bench.store.fetch(object.hash, to: "\(bench.folder)/again")
            #expect(try bench.content("\(bench.folder)/again") == text)
        },
        ConformanceCheck("many may put the same content at once") { bench in
            let paths = try (0..<8).map { try bench.file("same-\($0)", large) }
            let objects = try await withThrowingTaskGroup(of: StoredObject.self) { group in
                for path in paths { group.addTask { try await bench.store.put(fileAt: path) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(objects == [StoredObject(hash: ContentHash.of(large), bytes: large.count)])
            try await bench.store.fetch(ContentHash.of(large), to: "\(bench.folder)/out")
            #expect(try bench.content("\(bench.folder)/out") == large)
        },
    ]

    private static let ranges: [ConformanceCheck<StoreBench>] = [
        ConformanceCheck("ranges come to their places, in a new file and in one that is there") { bench in
            let object = try await bench.store.put(fileAt: try bench.file("a", large))
            let wanted = [2_900_000..<3_000_001, 0..<10, 5..<5, 400_000..<400_001, 8..<20]
            let path = "\(bench.folder)/new/sparse"
            try await bench.store.fetch(object.hash, ranges: wanted, into: path)
            let found = try bench.content(path)
            #expect(found.count == large.count)
            for range in wanted { #expect(found[range] == large[range]) }
            #expect(found[1_000_000..<1_001_000].allSatisfy { $0 == 0 })
            let other = try bench.file("other", Data(repeating: 7, count: 4_000_000))
            try await bench.store.fetch(object.hash, ranges: [100..<200], into: other)
            let kept = try bench.content(other)
            #expect(kept[100..<200] == large[100..<200])
            #expect(kept[..<100].allSatisfy { $0 == 7 } && kept[200...].allSatisfy { $0 == 7 })
            #expect(kept.count == 4_000_000)
        },
        ConformanceCheck("ranges beyond the end, and of missing objects, are refused") { bench in
            let object = try await bench.store.put(fileAt: try bench.file("a", text))
            let path = "\(bench.folder)/part"
            for range in [0..<8, 7..<8, 1_000..<2_000, -1..<2, 0..<Int.max] {
                await #expect(throws: StoreError.beyondEnd(object.hash)) {
                    try await bench.store.fetch(object.hash, ranges: [range], into: path)
                }
            }
            let missing = ContentHash.of(large)
            await #expect(throws: StoreError.missing(missing)) {
                try await bench.store.fetch(missing, ranges: [0..<1], into: path)
            }
        },
    ]
}
