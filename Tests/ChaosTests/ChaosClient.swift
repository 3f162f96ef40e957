import Foundation
import Glibc
import MezzTestKit
import Testing

/// Somebody who submits titles to the fleet and fetches their packages, and is killed now and then.
struct ChaosClient: Sendable {
    let folder: TestFolder
    let mezz: MezzProgram
    let link: ChaosLink
    let ground: ChaosGround
    let log: ChaosLog

    /// Seconds in which a job must have ended once it is submitted.
    static let patience = 900.0

    /// Encodes a title on one machine and on the fleet; they must be the same.
    func encode(_ title: ChaosTitle) async throws {
        let source = try await title.make(in: folder)
        let whole = try await run(["encode", source, "-o", title.whole] + ChaosTitle.options, "encode")
        guard let whole, whole.status == 0 else { return defect("encode \(title.number): \(whole?.errorText ?? "")") }
        guard let job = try await submit(source) else { return }
        log.note("submitted", title.file)
        guard try await fetch(job, title) else { return }
        guard try ChaosTitle.media(title.fleet, in: folder) == ChaosTitle.media(title.whole, in: folder) else {
            return defect("the package of \(title.file) differs from that of one machine")
        }
        let report = try folder.json(title.fleet + "/report.json")
        let rungs = report["ladder"]["rungs"].items
        guard report["source"]["frames"].int == ChaosTitle.frames, !rungs.isEmpty,
            rungs.allSatisfy({ $0["frames"].int == ChaosTitle.frames })
        else { return defect("\(title.file): frames are missing from the report") }
        log.note("identical", title.file)
        for name in [title.file, title.whole, title.fleet] { try? FileManager.default.removeItem(atPath: folder(name)) }
    }

    /// Encodes a title that cannot be encoded: its job must fail, and say why, and nothing else.
    func poison(_ title: ChaosTitle) async throws {
        let source = try await title.makePoison(in: folder)
        let poison = Task { await Poison(folder: folder).work() }
        defer { poison.cancel() }
        guard let job = try await submit(source) else { return }
        let limit = ContinuousClock.now + .seconds(Self.patience)
        while ContinuousClock.now < limit {
            let state = try await state(of: job)
            if state == "failed" {
                poison.cancel()
                return log.note("poisoned job failed, as it must", "\(await poison.value) decoders killed")
            }
            if state == "succeeded" { return defect("the poison title \(title.file) was encoded") }
            try await Task.sleep(for: .seconds(1))
        }
        defect("the poison title \(title.file) did not fail in \(Self.patience) s")
    }

    /// Submits until it is said to be done; by lot killed on the way, or raced by a second submitter.
    private func submit(_ source: String) async throws -> String? {
        let arguments = ["submit", source, "--json"] + ChaosTitle.options
        let limit = ContinuousClock.now + .seconds(300)
        let lot = log.below(3)
        if lot == 0 {
            log.note("submitter killed")
            _ = try await run(arguments, "submit", killedAfter: log.seconds(0.1...2.5))
        }
        if lot == 1 { log.note("submitters racing") }
        while ContinuousClock.now < limit {
            async let other = lot == 1 ? run(arguments, "submit") : nil
            let ends = [try await run(arguments, "submit"), try await other].compactMap(\.self)
            let jobs = Set(try ends.filter { $0.status == 0 }.compactMap { try JSONValue($0.output)["job"].string })
            if jobs.count > 1 { defect("one source became several jobs: \(jobs)") }
            if let job = jobs.first { return job }
            try await Task.sleep(for: .seconds(1))
        }
        defect("\(source) could not be submitted in 300 s")
        return nil
    }

    /// Waits for a job until its package has come; by lot the first one who waits is killed.
    private func fetch(_ job: String, _ title: ChaosTitle) async throws -> Bool {
        let limit = ContinuousClock.now + .seconds(Self.patience)
        if log.below(2) == 0 {
            log.note("waiter killed")
            _ = try await run(["wait", job, "-o", title.fleet], "wait", killedAfter: log.seconds(1...25))
        }
        while ContinuousClock.now < limit {
            if let end = try await run(["wait", job, "-o", title.fleet, "--timeout", "300"], "wait"), end.status == 0 {
                guard try await state(of: job) == "succeeded" else {
                    defect("\(title.file) was fetched and its job has not succeeded")
                    return false
                }
                return true
            }
            if let state = try await state(of: job), ["failed", "cancelled"].contains(state) {
                let status = try await run(["status", job], "status", environment: ground.plain)
                defect("job of \(title.file) \(state): \(status?.text.suffix(1_500) ?? "")")
                return false
            }
            try await Task.sleep(for: .seconds(1))
        }
        let status = try await run(["status", job], "status", environment: ground.plain)
        defect("job of \(title.file) did not end in \(Self.patience) s: \(status?.text.suffix(1_500) ?? "")")
        return false
    }

    /// Its state as the fleet's tools tell it; `nil` when they cannot be asked now.
    private func state(of job: String) async throws -> String? {
        let end = try await run(["status", job, "--json"], "status", environment: ground.plain)
        guard let end, end.status == 0 else { return nil }
        return try JSONValue(end.output)["state"].string
    }

    /// Runs `mezz` with a folder for temporary files of its own, which must be empty afterwards unless it was killed.
    private func run(
        _ arguments: [String], _ name: String, environment: [String: String]? = nil, killedAfter seconds: Double? = nil
    ) async throws -> ChildEnd? {
        let passing = folder("tmp/" + name + "-" + UUID().uuidString.prefix(8))
        try FileManager.default.createDirectory(atPath: passing, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: passing) }
        let all = (environment ?? link.environment).merging(["TMPDIR": passing]) { _, new in new }
        let child = try mezz.start(arguments, environment: all)
        if let seconds {
            try await Task.sleep(for: .seconds(seconds))
            child.send(SIGKILL)
            let end = try await child.end(within: 10)
            if try await !child.familyEnds(within: 10) { defect("\(name) left processes behind") }
            return end.status == 0 ? end : nil
        }
        do {
            let end = try await child.end(within: 600)
            let left = (try? FileManager.default.contentsOfDirectory(atPath: passing)) ?? []
            if !left.isEmpty { defect("\(name) left temporary files behind: \(left)") }
            if ![0, 75].contains(end.status), name != "status" {
                log.note("\(name) ended with \(end.status)", String(end.errorText.suffix(300)))
            }
            return end
        } catch let hung as ChildHung {
            defect("\(name) hung: \(hung.description.suffix(600))")
            return nil
        }
    }

    private func defect(_ text: String) {
        log.note("DEFECT", text)
        Issue.record("\(text)")
    }
}
