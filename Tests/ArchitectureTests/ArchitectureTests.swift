import Foundation
import Testing

@Suite("Architecture")
struct ArchitectureTests {
    private let repository: Repository

    init() throws {
        repository = try Repository()
    }

    @Test("the manifest's tables are read whole")
    func tables() {
        #expect(repository.modules.count > 15 && repository.tests.count > 10)
        #expect(Set(repository.modules.map(\.name)).count == repository.modules.count)
        for module in repository.modules {
            #expect(Repository.rows.contains(module.row) || module.row == Repository.aside, "row of \(module.name)")
        }
    }

    @Test("every module stands in the same row in ARCHITECTURE.md and in Package.swift")
    func picture() throws {
        let picture = try Repository.picture()
        #expect(!picture.isEmpty, "ARCHITECTURE.md has no fenced block whose lines begin with the rows' names")
        for row in Repository.rows + [Repository.aside] {
            var built = Set(repository.modules.filter { $0.row == row }.map(\.name))
            if row == "entry" { built.insert("mezz") }
            #expect(picture[row] ?? [] == built, "row \(row)")
        }
    }

    @Test("a module imports only rows below its own")
    func rows() throws {
        for module in repository.modules where module.row != Repository.aside {
            let own = try #require(Repository.rows.firstIndex(of: module.row))
            for name in module.imports {
                let row = try #require(repository.row(of: name), "\(module.name) imports \(name), which is no module")
                let place = try #require(Repository.rows.firstIndex(of: row), "\(module.name) imports \(name)")
                #expect(place < own, "\(module.name) (\(module.row)) imports \(name) (\(row))")
            }
        }
    }

    @Test("source files import what the manifest declares")
    func sourceImports() throws {
        for module in repository.modules {
            try check(module.name, "Sources/\(module.name)", declared: module.imports)
        }
        #expect(try Repository.imports(of: "Sources/mezz/Main.swift") == ["MezzApp"])
    }

    @Test("test files import what the manifest declares")
    func testImports() throws {
        for (name, imports) in repository.tests { try check(name, "Tests/\(name)", declared: imports) }
    }

    @Test("nothing but tests imports what stands aside")
    func aside() {
        let aside = Set(repository.modules.filter { $0.row == Repository.aside }.map(\.name))
        for module in repository.modules { #expect(aside.isDisjoint(with: module.imports), "\(module.name)") }
    }

    @Test("every folder of sources and of tests is a target, and every target has a folder")
    func folders() {
        let modules = Set(repository.modules.map(\.name)).union(["mezz", "CCrypto", "CCurl", "CEbur128", "CLibPQ"])
        #expect(Set(Repository.folders(in: "Sources")) == modules)
        #expect(Set(Repository.folders(in: "Tests")) == Set(repository.tests.keys))
        for name in repository.tests.keys {
            #expect(!Repository.swiftFiles(under: "Tests/\(name)").isEmpty, "Tests/\(name) is empty")
        }
    }

    @Test("no file that people write is longer than 500 lines", arguments: ["Sources", "Tests"])
    func lengths(_ folder: String) throws {
        for file in Repository.swiftFiles(under: folder) {
            let text = try Repository.text(file)
            guard !text.prefix(200).contains("// Made by scripts/") else { continue }
            let lines = text.count { $0 == "\n" }
            #expect(lines <= 500, "\(file) has \(lines) lines")
        }
    }

    private func check(_ name: String, _ folder: String, declared: [String]) throws {
        for file in Repository.swiftFiles(under: folder) {
            let undeclared = try Repository.imports(of: file).subtracting(declared)
            #expect(undeclared.isEmpty, "\(file) imports \(undeclared.sorted()), which \(name) does not declare")
        }
    }
}
