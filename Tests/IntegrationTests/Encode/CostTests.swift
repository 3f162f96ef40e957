import Foundation
import MezzTestKit
import Testing

@Suite("What a package costs", .serialized, .timeLimit(.minutes(10)))
struct CostTests {
    private static let price = ["--slot-price", "3.6", "--currency", "EUR"]

    @Test("is told by stage, by rung and in money, and a second forecast has learnt from the first")
    func account() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let before = try JSONValue(
                try await mezz.encode(source, to: "out", Self.price + ["--dry-run", "--json"]).output)["quote"]
            #expect(before["forecast"]["jobs"].int == 0)
            #expect(abs((before["amount"].number ?? 0) - Self.slotSeconds(before) / 1000) < 1e-5)

            let first = try await mezz.encode(source, to: "out", Self.price)
            #expect(first.status == 0, "\(first.errorText)")
            #expect(first.text.contains("EUR, "), "\(first.text)")
            let cost = try folder.json("out/report.json")["cost"]
            let total = try #require(cost["slot_seconds"].number)
            let stages = cost["stages"].items.compactMap { $0["slot_seconds"].number }
            #expect(stages.count == cost["stages"].items.count)
            #expect(abs(stages.reduce(0, +) - total) < 0.2)
            #expect(abs((cost["price"]["amount"].number ?? 0) - total / 1000) < 1e-4)
            #expect(cost["price"]["currency"].string == "EUR" && cost["price"]["per_slot_hour"].number == 3.6)
            #expect(cost["forecast"]["error_percent"].number != nil)
            try Self.expectRungs(cost, of: try EncodedPackage("out", in: folder))
            #expect(try folder.text("out/report.html").contains("Cost by rung"))

            let after = try JSONValue(
                try await mezz.encode(source, to: "new", Self.price + ["--dry-run", "--json"]).output)["quote"]
            #expect(after["forecast"]["jobs"].int == 1)
            // The stages that are forecast are nearly all there is; the rest is taken by short ones.
            #expect(Self.slotSeconds(after) < 1.01 * total && Self.slotSeconds(after) > 0.5 * total)
        }
    }

    @Test("is compared with no forecast when results came from the store")
    func reused() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.plain)
            let mezz = try MezzProgram(in: folder)
            for name in ["first", "second"] {
                let end = try await mezz.encode(source, to: name)
                #expect(end.status == 0, "\(end.errorText)")
            }
            let cost = try folder.json("second/report.json")["cost"]
            #expect(cost["reused"].int ?? 0 > 0)
            #expect(cost["forecast"]["error_percent"] == .null)
            #expect(cost["price"] == .null)
        }
    }

    @Test(
        "is told only for a price that can be",
        arguments: [["--slot-price", "-1"], ["--slot-price", "1", "--currency", "euro"], ["--slot-price", "nan"]])
    func refused(_ options: [String]) async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).encode(source, to: "out", ["--dry-run"] + options)
            #expect(end.status == 64, "\(end.errorText)")
        }
    }

    /// Each rung has its part, and together they are what making and checking them took.
    private static func expectRungs(_ cost: JSONValue, of package: EncodedPackage) throws {
        let rungs = cost["rungs"].items
        #expect(Set(rungs.compactMap { $0["id"].string }) == Set(package.rungs.map(\.id)))
        let parts = rungs.compactMap { $0["slot_seconds"].number }
        #expect(parts.allSatisfy { $0 > 0 })
        let stages = Dictionary(
            uniqueKeysWithValues: cost["stages"].items.map { ($0["name"].string ?? "", $0["slot_seconds"].number ?? 0) }
        )
        let made = ["encode", "assemble", "measure"].reduce(0) { $0 + (stages[$1] ?? 0) }
        #expect(parts.reduce(0, +) > made - 0.2)
        #expect(parts.reduce(0, +) < made + (stages["verify"] ?? 0) + 0.2)
    }

    private static func slotSeconds(_ quote: JSONValue) -> Double {
        quote["forecast"]["stages"].items.reduce(0) { $0 + ($1["slot_seconds"].number ?? 0) }
    }
}
