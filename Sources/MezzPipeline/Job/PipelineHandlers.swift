package import MezzWorkflow

/// Every stage of the pipeline as handlers for a workflow engine.
package enum PipelineHandlers {
    package static func all(_ environment: JobEnvironment) -> [String: any TaskHandler] {
        let handlers: [any TaskHandler] = [
            StageHandler(stage: InspectStage(), environment: environment),
            StageHandler(stage: CheckStage(), environment: environment),
            StageHandler(stage: HashStage(), environment: environment),
            StageHandler(stage: IndexStage(), environment: environment),
            StageHandler(stage: PlanStage(), environment: environment),
            StageHandler(stage: HDR10PlusStage(), environment: environment),
            StageHandler(stage: ProbeStage(), environment: environment),
            StageHandler(stage: LadderStage(), environment: environment),
            StageHandler(stage: MusterStage(), environment: environment),
            StageHandler(stage: EncodeStage(), environment: environment),
            StageHandler(stage: AssembleStage(), environment: environment),
            StageHandler(stage: MeasureStage(), environment: environment),
            StageHandler(stage: GateStage(), environment: environment),
            StageHandler(stage: AudioStage(), environment: environment),
            StageHandler(stage: PackageStage(), environment: environment),
            StageHandler(stage: ThumbnailStage(), environment: environment),
            StageHandler(stage: VerifyStage(), environment: environment),
        ]
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
