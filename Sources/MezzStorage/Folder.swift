internal import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A folder's names: making, listing, renaming and removing, with system errors as ``StoreError``.
package enum Folder {
    /// Makes the folder and those above it; `false` when it was there already.
    @discardableResult
    package static func make(_ path: String) throws(StoreError) -> Bool {
        if mkdir(path, 0o755) == 0 { return true }
        let code = errno
        if code == EEXIST { return false }
        let parent = parent(of: path)
        guard code == ENOENT, parent != path else { throw StoreError(path: path, code: code) }
        try make(parent)
        if mkdir(path, 0o755) == 0 { return true }
        guard errno == EEXIST else { throw StoreError(path: path, code: errno) }
        return false
    }

    /// The names in a folder; none when there is no such folder.
    static func names(in path: String) throws(StoreError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw StoreError(path: path, code: errno)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes the names in a folder durable: a rename is only safe from power cuts once its folder is flushed.
    static func synchronize(_ path: String) throws(StoreError) {
        try OpenFile(path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Renames and flushes the folder. `false` when the two lie on different disks.
    static func rename(_ old: String, to new: String) throws(StoreError) -> Bool {
        guard moveName(old, new) == 0 else {
            if errno == EXDEV { return false }
            throw StoreError(path: new, code: errno)
        }
        try synchronize(parent(of: new))
        return true
    }

    /// Removes a file; one that is not there is no error.
    package static func removeFile(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw StoreError(path: path, code: errno) }
    }

    /// The size of a regular file, if there is one.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The folder that holds `path`.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Outside of ``Folder``, whose own `rename` hides the system's.
private func moveName(_ old: String, _ new: String) -> Int32 {
    rename(old, new)
}
