import Foundation
package import MezzCore
import MezzMedia
package import MezzStorage
import MezzWorkflow

/// One kind of work of the pipeline: parameters and earlier results in; a value, files and further tasks out.
protocol Stage: Sendable {
    associatedtype Parameters: Codable & Sendable
    associatedtype Output: Codable & Sendable
    static var kind: String { get }
    /// Raised when the same parameters and inputs must give another result.
    static var revision: Int { get }
    /// Tools whose version is part of the result's identity.
    static var tools: [Tool] { get }
    /// Versions of mezz's own methods that are part of the result's identity.
    static var methods: [String] { get }
    func run(_ work: Work<Parameters>) async throws -> StageResult<Output>
}

extension Stage {
    static var methods: [String] { [] }
}

/// What a stage hands back.
struct StageResult<Output> {
    let output: Output
    /// Files in the scratch folder that become artifacts: name and path.
    var files: [(name: String, path: String)] = []
    var children: [TaskRequest] = []
}

/// What a stage is given.
struct Work<Parameters: Codable & Sendable>: Sendable {
    let parameters: Parameters
    let context: TaskContext
    let environment: JobEnvironment
    /// Accounts its children to this task.
    let runner: ToolRunner
    /// A folder of this attempt's own; removed afterwards.
    let folder: String
    let sourceUse: SourceUse

    func input(_ name: String) throws -> TaskInput {
        guard let input = context.inputs.first(where: { $0.name == name }) else {
            throw Failure(
                .failed, what: "task \(context.request.name) lacks its input \(name)", place: "workflow",
                remedy: "report this defect")
        }
        return input
    }

    func output<Value: Decodable>(of name: String, as type: Value.Type = Value.self) throws -> Value {
        try input(name).output(as: type)
    }

    /// The file that the task `name` made under the name `file`.
    func artifact(_ file: String, of name: String) throws -> Artifact {
        guard let artifact = try input(name).artifacts.first(where: { $0.name == file }) else {
            throw Failure(
                .failed, what: "task \(name) made no \(file)", place: "workflow", remedy: "report this defect")
        }
        return artifact
    }

    /// Makes an artifact readable in the scratch folder under `name`.
    func stage(_ artifact: Artifact, as name: String) async throws {
        try await PackagedFile.place(artifact, at: folder + "/" + name, from: environment.store)
    }
}

/// Runs a stage as a task of the workflow.
struct StageHandler<Body: Stage>: TaskHandler {
    let stage: Body
    let environment: JobEnvironment

    var kind: String { Body.kind }

    var version: String {
        let versions = Body.tools.map { "\($0.rawValue) \(environment.tools[$0]?.version ?? "none")" }
        return (["\(Body.kind) \(Body.revision)"] + versions + Body.methods).joined(separator: ", ")
    }

    func run(_ context: TaskContext) async throws -> TaskOutcome {
        do {
            let use = SourceUse(mayBePartial: true)
            do {
                return try await attempt(context, use)
            } catch  where use.wasPartial && !Task.isCancelled {
                // Whatever went wrong may have been a hole in the source.
                return try await attempt(context, SourceUse(mayBePartial: false))
            }
        } catch let failure as Failure {
            throw failure.taskFailure(retried: environment.retriesFailures)
        } catch let error as StoreError {
            throw Failure(storeError: error).taskFailure(retried: environment.retriesFailures)
        }
    }

    private func attempt(_ context: TaskContext, _ use: SourceUse) async throws -> TaskOutcome {
        let folder = environment.scratch + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            let outcome = try await attempt(context, use, in: folder)
            try? FileManager.default.removeItem(atPath: folder)
            return outcome
        } catch {
            // Somebody deleted the folder that the task worked in: that says nothing about the task.
            let isGone = !FileManager.default.fileExists(atPath: folder)
            try? FileManager.default.removeItem(atPath: folder)
            throw isGone && !Task.isCancelled ? HandedBack() : error
        }
    }

    private func attempt(_ context: TaskContext, _ use: SourceUse, in folder: String) async throws -> TaskOutcome {
        let started = ContinuousClock.now
        let meter = UsageMeter()
        let work = Work(
            parameters: try context.parameters(as: Body.Parameters.self), context: context, environment: environment,
            runner: ToolRunner(tools: environment.tools, meter: meter), folder: folder, sourceUse: use)
        let result = try await stage.run(work)
        var artifacts: [Artifact] = []
        for file in result.files {
            let stored = try await environment.store.put(fileAt: file.path)
            artifacts.append(Artifact(name: file.name, hash: stored.hash, bytes: stored.bytes))
        }
        return try TaskOutcome(
            encoding: result.output, artifacts: artifacts, children: result.children,
            usage: ResourceUsage(
                cpuSeconds: meter.cpuSeconds, wallSeconds: started.duration(to: .now) / .seconds(1)))
    }
}

extension Failure {
    /// As the workflow keeps it: only what may pass on another try is transient.
    ///
    /// - Parameter retried: Whether work that failed may pass elsewhere.
    func taskFailure(retried: Bool) -> TaskFailure {
        TaskFailure(
            code: status.rawValue, what: what, place: place, remedy: remedy, detail: detail,
            transient: status == .temporary || retried && status == .failed)
    }

    init(_ failure: TaskFailure) {
        self.init(
            ExitStatus(rawValue: failure.code) ?? .failed, what: failure.what, place: failure.place,
            remedy: failure.remedy, detail: failure.detail)
    }

    package init(storeError error: StoreError) {
        switch error {
        case .unreachable(let place, let detail):
            self.init(
                .temporary, what: "the store cannot be reached", place: place,
                remedy: "check the network and the server",
                detail: detail)
        case .refused(let place, let detail):
            self.init(
                .unavailable, what: "the store refuses access", place: place,
                remedy: "check the credentials, and that the bucket is there", detail: detail)
        case .full(let path):
            self.init(
                .failed, what: "the disk is full", place: path,
                remedy: "free space and run the same command again: finished work is kept")
        default:
            self.init(
                .failed, what: "the store of results failed", place: String(describing: error),
                remedy: "check the disk; remove the .mezz folder to begin anew")
        }
    }
}
