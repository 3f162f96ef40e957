import MezzPipeline
import Testing

@Suite("Services of a fleet")
struct ServiceTests {
    @Test("every kind of task belongs to one service, so that some worker takes it")
    func complete() {
        let kinds = Service.allCases.flatMap(\.kinds)
        #expect(Set(kinds) == PipelineHandlers.kinds && kinds.count == PipelineHandlers.kinds.count)
    }
}
