import MezzCore
import MezzEncode
import MezzIngest
import MezzMedia
import MezzPipeline

/// What an encode would do, from the source's headers alone.
struct DryRun {
    let source: String
    let spec: JobSpec
    let tools: ToolSet
    let costs: Quoting

    func print(json: Bool) async throws {
        let info = try await Inspector(runner: ToolRunner(tools: tools), reading: spec.reading).inspect(source)
        let plan = try PlanPreview(spec: spec, source: info, costs: costs)
        if json { Output.json(plan) } else { Output.line(plan.text) }
    }
}
