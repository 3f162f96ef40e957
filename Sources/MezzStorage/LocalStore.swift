internal import FoundationEssentials
package import MezzCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Objects in a folder: `objects/ab/cdef…`, each read-only and named by its content's hash.
///
/// An object appears by one rename after its bytes are on the disk, so a file under `objects` is always whole.
package struct LocalStore: Sendable {
    private let objects: String
    private let incoming: String

    /// Opens the store in the folder `root`, making it if needed, and sweeps what dead writers left behind.
    package init(root: String) throws(StoreError) {
        try self.init(root: root, sweeping: true)
    }

    init(root: String, sweeping: Bool) throws(StoreError) {
        self.objects = "\(root)/objects"
        self.incoming = "\(root)/incoming"
        try Folder.make(objects)
        try Folder.make(incoming)
        if sweeping { try PartialFile.sweep(incoming) }
    }

    /// Whether the object's content still has its hash.
    package func verify(_ hash: ContentHash) async throws(StoreError) -> Bool {
        try await BlockingWork.run { () throws(StoreError) in try read(hash).digest().hash == hash }
    }

    /// Removes what dead writers left in a folder that objects were fetched to.
    package static func sweepLeftovers(in folder: String) throws(StoreError) {
        try PartialFile.sweep(folder)
    }

    /// All objects, in no particular order.
    package func hashes() async throws(StoreError) -> [ContentHash] {
        try await BlockingWork.run { () throws(StoreError) in
            var hashes: [ContentHash] = []
            for folder in try Folder.names(in: objects) where folder.utf8.count == 2 {
                // Anything that is not named like an object is not ours.
                hashes += try Folder.names(in: "\(objects)/\(folder)").compactMap { ContentHash(hex: folder + $0) }
            }
            return hashes
        }
    }

    func path(of hash: ContentHash) -> String {
        "\(objects)/\(hash.hex.prefix(2))/\(hash.hex.dropFirst(2))"
    }

    private func read(_ hash: ContentHash) throws(StoreError) -> OpenFile {
        do {
            return try OpenFile.reading(path(of: hash))
        } catch .failed(_, ENOENT) {
            throw .missing(hash)
        }
    }
}

extension LocalStore: ObjectStore {
    package func put(
        fileAt path: String, as hash: ContentHash?, by intake: Intake
    ) async throws(StoreError) -> StoredObject {
        try await BlockingWork.run { () throws(StoreError) in
            switch intake {
            case .moving: try move(path, expecting: hash)
            case .copying: try copy(path, expecting: hash)
            }
        }
    }

    package func localPath(of hash: ContentHash) async throws(StoreError) -> String? {
        Folder.size(of: path(of: hash)) == nil ? nil : path(of: hash)
    }

    package func fetch(_ hash: ContentHash, to path: String) async throws(StoreError) {
        try await BlockingWork.run { () throws(StoreError) in
            let source = try read(hash)
            let folder = Folder.parent(of: path)
            try Folder.make(folder)
            let partial = try PartialFile(in: folder, for: "fetch")
            do throws(StoreError) {
                guard try source.digest(copyingTo: partial.file).hash == hash else { throw StoreError.damaged(hash) }
                try partial.publish(as: path, mode: 0o644)
            } catch {
                partial.discard()
                throw error
            }
        }
    }

    package func fetch(_ hash: ContentHash, ranges: [Range<Int>], into path: String) async throws(StoreError) {
        try await BlockingWork.run { () throws(StoreError) in
            let source = try read(hash)
            let size = Int(try source.status().st_size)
            let wanted = ByteRanges.coalesced(ranges)
            guard wanted.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= size }) else {
                throw .beyondEnd(hash)
            }
            let target = try OpenFile.writing(path)
            for range in wanted { try source.copy(range, to: target) }
        }
    }

    package func contains(_ hash: ContentHash) async throws(StoreError) -> Bool {
        Folder.size(of: path(of: hash)) != nil
    }

    package func remove(_ hash: ContentHash) async throws(StoreError) {
        try Folder.removeFile(path(of: hash))
    }
}

extension LocalStore {
    /// Renames the file into place. Copies instead when that is impossible or would leave a second name by which the
    /// object could be written to.
    private func move(_ path: String, expecting expected: ContentHash?) throws(StoreError) -> StoredObject {
        let source = try OpenFile.reading(path)
        if try source.status().st_nlink == 1 {
            let object = try check(try source.digest(), at: path, expecting: expected)
            if holds(object) {
                try Folder.removeFile(path)
                return object
            }
            try source.setMode(0o444)
            try source.synchronize()
            if try Folder.rename(path, to: try place(for: object.hash)) { return object }
        }
        let object = try copy(path, expecting: expected)
        try Folder.removeFile(path)
        return object
    }

    private func copy(_ path: String, expecting expected: ContentHash?) throws(StoreError) -> StoredObject {
        let source = try OpenFile.reading(path)
        let partial = try PartialFile(in: incoming, for: "object")
        do throws(StoreError) {
            let object = try check(try source.digest(copyingTo: partial.file), at: path, expecting: expected)
            if holds(object) {
                partial.discard()
            } else {
                try partial.publish(as: try place(for: object.hash), mode: 0o444)
            }
            return object
        } catch {
            partial.discard()
            throw error
        }
    }

    private func check(
        _ object: StoredObject, at path: String, expecting expected: ContentHash?
    ) throws(StoreError) -> StoredObject {
        if let expected, expected != object.hash {
            throw .mismatch(path: path, expected: expected, found: object.hash)
        }
        return object
    }

    /// A file of another size under this name is damaged and gets replaced.
    private func holds(_ object: StoredObject) -> Bool {
        Folder.size(of: path(of: object.hash)) == object.bytes
    }

    /// The object's path, in a folder that is there.
    func place(for hash: ContentHash) throws(StoreError) -> String {
        let path = path(of: hash)
        let folder = Folder.parent(of: path)
        if try Folder.make(folder) { try Folder.synchronize(objects) }
        return path
    }
}
