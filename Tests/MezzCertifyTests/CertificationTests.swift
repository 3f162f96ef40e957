import Foundation
import MezzCertify
import MezzCore
import MezzMedia
import Testing

/// Whole levels, built with the real tools.
@Suite(.timeLimit(.minutes(10))) struct CertificationTests {
    static let levels: [(CodecFamily, String)] = [(.avc, "2"), (.hevc, "3"), (.av1, "2.0")]
    static let budget = CertificationPlan.Budget(frames: 12, samples: 1_500_000)

    @Test(arguments: levels)
    func aLevelsStreamsAreCleanAndDecodeAlike(_ codec: CodecFamily, _ name: String) async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let plan = CertificationPlan(try CertificationLevel.named(name, of: codec), budget: Self.budget)
        let target = folder.path + "/streams"
        let index = try await StreamTools.certification().run(plan, into: target)
        #expect(index.passed && index.streams.map(\.purpose) == plan.streams.map(\.purpose))
        for entry in index.streams {
            #expect(entry.problems == [], "\(entry.purpose)")
            #expect(entry.decoders.allSatisfy { $0.frames == entry.frames && $0.pictures?.count == 32 })
            // What the index says is what the file is.
            #expect(try StreamTools.verdict(target + "/" + (try #require(entry.file))) == entry.verdict)
            #expect((try #require(entry.bitratePercent)) <= 100)
        }
        let peak = try #require(index.streams.first { $0.purpose == .peakBitrate })
        #expect(peak.remarks.contains("near the limit"))
        #expect((80...100).contains(try #require(peak.bitratePercent)))
        expectSecondDecoder(index)
        let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
        #expect(names == (plan.streams.map(\.file) + ["index.json"]).sorted())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["streams"])
    }

    private func expectSecondDecoder(_ index: CertificationIndex) {
        let makes = Set(index.streams.flatMap(\.decoders).map(\.decoder.make))
        guard makes.count > 1 else {
            print("skipped: there is no second decoder of \(index.codec) on this machine")
            return
        }
        #expect(index.streams.allSatisfy { !$0.remarks.contains("not decoded by a second decoder") })
    }

    @Test func whatASecondDecoderIsMissingForIsTold() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let level = try CertificationLevel.named("1", of: .hevc)
        let plan = CertificationPlan(level, budget: CertificationPlan.Budget(frames: 4))
        let index = try await StreamTools.certification(path: "/nonexistent").run(plan, into: folder.path + "/streams")
        #expect(index.passed)
        for entry in index.streams {
            #expect(entry.decoders.map(\.decoder) == [.hevc])
            #expect(entry.remarks.contains("not decoded by a second decoder"))
            #expect(entry.remarks.contains { $0.contains("install dec265") })
        }
    }

    @Test func aFolderThatIsThereIsRefusedAndLeftAlone() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let plan = CertificationPlan(try CertificationLevel.named("1", of: .avc))
        let failure = await #expect(throws: Failure.self) {
            try await StreamTools.certification().run(plan, into: folder.path)
        }
        #expect(failure?.status == .usage)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aStreamThatCannotBeBuiltIsInTheIndex() async throws {
        let folder = try TemporaryFolder("certify-test")
        defer { folder.remove() }
        let certification = Certification(
            encoder: CertificationEncoder(runner: try await StreamTools.runner()) { path in
                throw Failure(.failed, what: "nothing can be read", place: path, remedy: "none", detail: "why\nthen")
            }, decoders: try await StreamTools.decoders())
        let level = try CertificationLevel.named("1", of: .avc)
        let plan = CertificationPlan(level, budget: CertificationPlan.Budget(frames: 4))
        let index = try await certification.run(plan, into: folder.path + "/streams")
        #expect(!index.passed)
        #expect(index.streams.allSatisfy { $0.file == nil && $0.problems == ["not built: nothing can be read: why"] })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/streams") == ["index.json"])
    }
}
