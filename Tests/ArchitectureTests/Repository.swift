import Foundation

/// The checkout that the tests were compiled from.
struct Repository: Sendable {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Rows of the architecture, lowest first; what stands aside may be imported by tests alone.
    static let rows = ["values", "parts", "kernels", "stages", "adapters", "pipeline", "services", "wiring", "entry"]
    static let aside = "aside"

    struct Module: Sendable, Hashable {
        let row: String
        let name: String
        let imports: [String]
    }

    let modules: [Module]
    let tests: [String: [String]]

    /// Reads the two tables of Package.swift.
    init() throws {
        let manifest = try Self.text("Package.swift")
        guard let middle = manifest.range(of: "\nlet tests:"), let start = manifest.range(of: "\nlet modules:"),
            let end = manifest.range(of: "\nlet package =")
        else { throw Unreadable(description: "Package.swift has no tables `modules` and `tests` before `package`") }
        let moduleTable = manifest[start.upperBound..<middle.lowerBound]
        let testTable = manifest[middle.upperBound..<end.lowerBound]
        modules = moduleTable.matches(of: #/\(\s*"(?<row>\w+)",\s*"(?<name>\w+)",\s*\[(?<imports>[^\]]*)\]/#).map {
            Module(row: String($0.row), name: String($0.name), imports: Self.words($0.imports))
        }
        let rows = testTable.matches(of: #/\(\s*"(?<name>\w+)",\s*\[(?<imports>[^\]]*)\]/#)
        tests = Dictionary(rows.map { (String($0.name), Self.words($0.imports)) }, uniquingKeysWith: { $0 + $1 })
    }

    func row(of module: String) -> String? {
        // The one target outside the table: the executable.
        module == "mezz" ? "entry" : modules.first { $0.name == module }?.row
    }

    /// The picture in ARCHITECTURE.md: module names by row.
    static func picture() throws -> [String: Set<String>] {
        var picture: [String: Set<String>] = [:]
        var isFenced = false
        for line in try text("ARCHITECTURE.md").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isFenced.toggle() }
            let words = line.split(separator: " ").map(String.init)
            guard isFenced, let row = words.first, rows.contains(row) || row == aside else { continue }
            let names = words.dropFirst().prefix { $0 == "mezz" || $0.wholeMatch(of: #/Mezz\w+/#) != nil }
            picture[row, default: []].formUnion(names)
        }
        return picture
    }

    /// Swift files under a folder, relative to the root.
    static func swiftFiles(under folder: String) -> [String] {
        let files = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }.sorted()
    }

    static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder)
                && isFolder.boolValue
        }.sorted()
    }

    static func text(_ file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: root + "/" + file) else {
            throw Unreadable(description: "there is no \(file) in the checkout")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// The mezz modules that a file imports.
    static func imports(of file: String) throws -> Set<String> {
        let pattern = #/^(?:@\w+\s+)*(?:public |package |internal |fileprivate |private )?import (?:\w+ )?(Mezz\w*)/#
        return Set(try text(file).split(separator: "\n").compactMap { $0.firstMatch(of: pattern).map { String($0.1) } })
    }

    private static func words(_ list: Substring) -> [String] {
        list.matches(of: #/"(\w+)"/#).map { String($0.1) }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }
}
