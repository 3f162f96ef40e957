import Foundation

/// Remembers probe results on disk, keyed by the program's path, size and modification time. A result that
/// cannot be read or written is simply probed again: the cache saves time and decides nothing.
package struct ToolProbeCache: Sendable {
    private let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// The user's cache folder by the XDG base directory specification.
    package init(environment: [String: String]) {
        let home = environment["HOME"] ?? "/tmp"
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache"
        self.init(folder: base + "/mezz/tools")
    }

    func result(for tool: Tool, path: String) -> FoundTool? {
        guard let stamp = Self.stamp(path), let data = FileManager.default.contents(atPath: file(for: tool)),
            let entry = try? JSONDecoder().decode(Entry.self, from: data)
        else { return nil }
        return entry.stamp == stamp && entry.found.path == path ? entry.found : nil
    }

    func remember(_ found: FoundTool) {
        guard let stamp = Self.stamp(found.path),
            let data = try? JSONEncoder().encode(Entry(stamp: stamp, found: found))
        else { return }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? data.write(to: URL(fileURLWithPath: file(for: found.tool)), options: .atomic)
    }

    private func file(for tool: Tool) -> String { folder + "/" + tool.rawValue + ".json" }

    private struct Entry: Codable {
        let stamp: String
        let found: FoundTool
    }

    private static func stamp(_ path: String) -> String? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? NSNumber, let date = attributes[.modificationDate] as? Date
        else { return nil }
        return "\(size.int64Value)-\(date.timeIntervalSince1970)"
    }
}
