package import Foundation

/// A test's own folder, removed when the test ends.
package struct TestFolder: Sendable {
    /// Absolute, without symbolic links.
    package let path: String

    /// Makes a folder, runs `body` and removes the folder.
    package static func with<Value>(_ body: (TestFolder) async throws -> Value) async throws -> Value {
        let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        let folder = TestFolder(path: base + "/mezz-test-" + UUID().uuidString.prefix(8))
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try await body(folder)
    }

    /// The path of `name` inside the folder.
    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Names directly inside `name`, sorted; empty when there is no such folder.
    package func names(in name: String = ".") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: self(name))) ?? []).sorted()
    }

    /// All files under `name` by their relative paths, hidden top-level names left out.
    package func files(under name: String) throws -> [String] {
        let visible = names(in: name).filter { !$0.hasPrefix(".") }
        return try visible.flatMap { entry -> [String] in
            let whole = name + "/" + entry
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: self(whole), isDirectory: &isFolder)
            guard isFolder.boolValue else { return [entry] }
            return try FileManager.default.subpathsOfDirectory(atPath: self(whole)).filter { inner in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: self(whole + "/" + inner), isDirectory: &isFolder)
                return !isFolder.boolValue
            }.map { entry + "/" + $0 }
        }.sorted()
    }

    /// Removes a folder that another process is still writing to, as `rm -rf` said again until it is gone.
    package func removeBusy(_ name: String, tries: Int = 50) throws {
        for _ in 1..<tries {
            // What appears in a folder while it is being emptied makes the removal fail.
            try? FileManager.default.removeItem(atPath: self(name))
            guard FileManager.default.fileExists(atPath: self(name)) else { return }
        }
        try FileManager.default.removeItem(atPath: self(name))
    }

    package func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: self(name))) }

    package func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

    package func json(_ name: String) throws -> JSONValue { try JSONValue(data(name)) }

    /// Writes a file and returns its path.
    @discardableResult
    package func write(_ data: Data, to name: String) throws -> String {
        try data.write(to: URL(fileURLWithPath: self(name)))
        return self(name)
    }
}
