import Foundation
import MezzCore
import MezzPackaging
import MezzQC
import Testing

@Suite("Verification of packages", .serialized, .timeLimit(.minutes(5)))
struct PackageVerifierTests {
    @Test("A good package gives no findings", arguments: [SegmentLayout.onDemand, .segmented])
    func good(_ layout: SegmentLayout) async throws {
        #expect(try await TestPackage.make(layout).findings() == [])
    }

    @Test("The parts together find what the whole finds")
    func parts() async throws {
        let package = try await TestPackage.make(.onDemand)
        try package.flipMedia("video/avc-90p.mp4")
        let verifier = PackageVerifier(runner: package.media.runner)
        var parts = try await verifier.verifyManifests(package.folder, expecting: package.expectation)
        for rung in package.expectation.rungs { parts += try await verifier.verifyTrack(rung, in: package.folder) }
        for audio in package.expectation.audio { parts += try await verifier.verifyTrack(audio, in: package.folder) }
        #expect(parts == (try await package.findings()))
        #expect(!parts.isEmpty)
    }

    @Test("Damage is found", arguments: PackageDamage.all)
    func damage(_ damage: PackageDamage) async throws {
        let package = try await TestPackage.make(damage.layout)
        try await damage.apply(package)
        let findings = try await package.findings()
        let codes = Set(findings.map(\.code))
        #expect(codes.isSuperset(of: damage.codes), "found \(findings.map { "\($0.code): \($0.message)" })")
        #expect(findings.allSatisfy { $0.severity == .error && !$0.remedy.isEmpty })
    }

    @Test("Every code is in the table of findings")
    func table() throws {
        let url = URL(fileURLWithPath: PackagingTools.root + "/docs/findings.md")
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        for rule in PackageRule.allCases {
            #expect(text.contains("| `\(rule.rawValue)` | \(rule.severity.rawValue) |"), "\(rule.rawValue)")
        }
    }
}
