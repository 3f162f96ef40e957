import Foundation
import MezzCore
import MezzMedia
import MezzStorage
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

    /// Makes an artifact readable in the scratch folder under `name`.
    func stage(_ artifact: Artifact, as name: String) async throws {
        if let path = try await environment.store.localPath(of: artifact.hash) {
            try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: path)
        } else {
            try await environment.store.fetch(artifact.hash, to: folder + "/" + name)
        }
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
            return try await attempt(context)
        } catch let failure as Failure {
            throw failure.taskFailure
        } catch let error as StoreError {
            throw Failure(storeError: error).taskFailure
        }
    }

    private func attempt(_ context: TaskContext) async throws -> TaskOutcome {
        let started = ContinuousClock.now
        let meter = UsageMeter()
        let folder = environment.scratch + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let work = Work(
            parameters: try context.parameters(as: Body.Parameters.self), context: context, environment: environment,
            runner: ToolRunner(tools: environment.tools, meter: meter), folder: folder)
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
    var taskFailure: TaskFailure {
        TaskFailure(
            code: status.rawValue, what: what, place: place, remedy: remedy, detail: detail,
            transient: status == .temporary)
    }

    init(_ failure: TaskFailure) {
        self.init(
            ExitStatus(rawValue: failure.code) ?? .failed, what: failure.what, place: failure.place,
            remedy: failure.remedy, detail: failure.detail)
    }

    init(storeError error: StoreError) {
        switch error {
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
