internal import FoundationEssentials
internal import MezzCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// An open file that closes itself, with system errors as ``StoreError``.
package struct OpenFile: ~Copyable, Sendable {
    /// The name it was opened by.
    package let path: String
    let descriptor: Int32

    /// Opens a regular file for reading. A symbolic link is not followed: what it points to may change. A
    /// pipe does not hold the opening up, only to be refused.
    package static func reading(_ path: String) throws(StoreError) -> OpenFile {
        let file = try OpenFile(path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard try file.status().st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
        return file
    }

    /// Opens a regular file for writing where the caller likes, making it and its folder if needed.
    package static func writing(_ path: String) throws(StoreError) -> OpenFile {
        try Folder.make(Folder.parent(of: path))
        let file = try OpenFile(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o644)
        guard try file.status().st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
        return file
    }

    init(_ path: String, flags: Int32, mode: mode_t = 0o600) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .notAFile(path) : StoreError(path: path, code: errno)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    func status() throws(StoreError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreError(path: path, code: errno) }
        return status
    }

    /// The file's size in bytes.
    package func size() throws(StoreError) -> Int { Int(try status().st_size) }

    /// Flushes content and size to the disk.
    func synchronize() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw StoreError(path: path, code: errno) }
    }

    func setMode(_ mode: mode_t) throws(StoreError) {
        guard fchmod(descriptor, mode) == 0 else { throw StoreError(path: path, code: errno) }
    }

    /// Waits for the file's lock, or returns `false` at once when somebody else has it.
    func lock(waiting: Bool) throws(StoreError) -> Bool {
        while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            guard errno == EINTR else { throw StoreError(path: path, code: errno) }
        }
        return true
    }

    /// Hashes everything from here to the end, appending it to `copy` if there is one.
    func digest(copyingTo copy: borrowing OpenFile) throws(StoreError) -> StoredObject {
        try digest(copyDescriptor: copy.descriptor, copyPath: copy.path)
    }

    /// Hashes everything from here to the end.
    func digest() throws(StoreError) -> StoredObject {
        try digest(copyDescriptor: nil, copyPath: "")
    }

    private func digest(copyDescriptor: Int32?, copyPath: String) throws(StoreError) -> StoredObject {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { block.deallocate() }
        var hash = ContentHash.Incremental()
        var bytes = 0
        while true {
            let count = read(descriptor, block.baseAddress, block.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw StoreError(path: path, code: errno)
            }
            if count == 0 { return StoredObject(hash: hash.finish(), bytes: bytes) }
            let part = UnsafeRawBufferPointer(rebasing: block[..<count])
            hash.update(part)
            bytes += count
            if let copyDescriptor { try Self.append(part, to: copyDescriptor, at: copyPath) }
        }
    }

    private static func append(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at path: String
    ) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = write(descriptor, part.baseAddress, part.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw StoreError(path: path, code: errno)
            }
        }
    }
}
