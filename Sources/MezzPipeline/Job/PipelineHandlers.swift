package import MezzWorkflow

/// Every stage of the pipeline as handlers for a workflow engine.
package enum PipelineHandlers {
    private static let stages: [any Stage] = [
        InspectStage(), CheckStage(), HashStage(), IndexStage(), PlanStage(), HDR10PlusStage(), ProbeStage(),
        LadderStage(), MusterStage(), EncodeStage(), AssembleStage(), MeasureStage(), GateStage(), AudioStage(),
        TextStage(),
        PackageStage(), ThumbnailStage(), TileStage(), VerifyStage(), ProtectStage(), VerifyProtectionStage(),
    ]

    /// The kinds of all tasks.
    package static var kinds: Set<String> { Set(stages.map { type(of: $0).kind }) }

    private static func handler(_ stage: some Stage, _ environment: JobEnvironment) -> any TaskHandler {
        StageHandler(stage: stage, environment: environment)
    }

    package static func all(_ environment: JobEnvironment) -> [String: any TaskHandler] {
        let handlers = stages.map { handler($0, environment) }
        return Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
    }

    /// The tasks a job begins with; the rest are decided while it runs.
    package static func rootTasks(source: SourceLocation, spec: JobSpec) throws -> [TaskRequest] {
        let stamp = try SourceStamp(source)
        return [
            try TaskRequest(
                name: TaskName.inspect, kind: InspectStage.kind,
                encoding: InspectStage.Parameters(stamp: stamp, reading: spec.reading)),
            try TaskRequest(name: TaskName.check, kind: CheckStage.kind, encoding: spec, after: [TaskName.inspect]),
            try TaskRequest(name: TaskName.hash, kind: HashStage.kind, encoding: stamp, after: [TaskName.check]),
            try TaskRequest(
                name: TaskName.index, kind: IndexStage.kind, encoding: IndexStage.Parameters(),
                after: [TaskName.inspect, TaskName.hash]),
            try TaskRequest(
                name: TaskName.plan, kind: PlanStage.kind, encoding: spec,
                after: [TaskName.inspect, TaskName.hash, TaskName.index]),
        ]
    }
}
