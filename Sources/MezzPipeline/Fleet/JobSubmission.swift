import Foundation
import MezzCore
import MezzIngest
package import MezzMedia
package import MezzStorage
package import MezzWorkflow

/// Hands a source and a wish over to a fleet.
package struct JobSubmission: Sendable {
    let queue: any WorkQueue & JobInspection
    let store: any ObjectStore
    let tools: ToolSet
    /// Sources with fewer bytes are always fetched whole.
    let wholeBelow: Int

    package init(
        queue: any WorkQueue & JobInspection, store: any ObjectStore, tools: ToolSet,
        wholeBelow: Int = 64 << 20
    ) {
        self.queue = queue
        self.store = store
        self.tools = tools
        self.wholeBelow = wholeBelow
    }

    /// Checks the source, brings it into the store and lines the job up. The same source with the same wish is the
    /// same job, whoever submits it and how often; one that failed or was cancelled is taken up again.
    ///
    /// - Parameters:
    ///   - path: A file on this machine.
    ///   - sideFiles: What the wish names beside the source.
    ///   - name: What the report calls the source; `nil` takes the file's name.
    ///   - costs: What the quote that the job carries is made from.
    ///   - note: Told what is being done.
    /// - Throws: `Failure`: `input` when the source cannot be encoded as wished, before anything is uploaded.
    package func submit(
        _ path: String, name: String? = nil, spec: JobSpec, sideFiles: [SideFile] = [], terms: JobTerms,
        costs: Quoting = Quoting(),
        note: (String) -> Void = { _ in }
    ) async throws -> JobID {
        let file = try SourceFile.check(path)
        let name = name ?? (path as NSString).lastPathComponent
        let runner = ToolRunner(tools: tools)
        let info = try await Inspector(runner: runner, reading: spec.reading).inspect(file.path)
        try SpecCheck.check(spec, against: info)
        note("hashing \(name.printable) (\(file.bytes.formatted(.byteCount(style: .file))))")
        let hash = try ContentHash.ofFile(file.path)
        note("bringing it into the store")
        for side in sideFiles { try await side.bring(into: store) }
        let stored = try await store.put(fileAt: file.path, as: hash, by: .copying)
        let source = StoredSource(
            name: name, hash: stored.hash, bytes: stored.bytes,
            map: try await map(file.path, info.video, bytes: stored.bytes, runner))
        return try await submit(source, spec: spec, terms: terms, quote: costs.quote(spec, info))
    }

    /// Brings a map of the source's packets into the store, where reading parts of it is worth the trouble.
    private func map(_ path: String, _ video: VideoStreamInfo, bytes: Int, _ runner: ToolRunner) async throws
        -> ContentHash?
    {
        guard bytes >= wholeBelow else { return nil }
        guard let map = try await PacketMapper(runner: runner).map(path, video: video, bytes: bytes) else { return nil }
        let passing = try TemporaryFolder("submit")
        defer { passing.remove() }
        let file = passing.path + "/packets.json"
        try JSONEncoder().encode(map).write(to: URL(fileURLWithPath: file))
        return try await store.put(fileAt: file).hash
    }

    private func submit(
        _ source: StoredSource, spec: JobSpec, terms: JobTerms, quote: Quote
    ) async throws -> JobID {
        let roots = try PipelineHandlers.rootTasks(source: .stored(source), spec: spec)
        let job = try JobID(roots, stamp: JobTicket.stamp(versions: tools.namedVersions))
        var terms = terms
        terms.about = try JobTicket(source: source, spec: spec, versions: tools.namedVersions, quote: quote).encoded()
        do {
            try await queue.submit(job, roots, on: terms)
        } catch QueueError.jobCancelled {
            try await queue.retry(job)
            return job
        }
        if try await queue.status(of: job).state.wantsAnotherTry { try await queue.retry(job) }
        return job
    }
}

extension JobState {
    fileprivate var wantsAnotherTry: Bool { self == .failed || self == .cancelled }
}
