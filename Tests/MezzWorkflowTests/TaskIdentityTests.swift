import Foundation
import MezzCore
import MezzWorkflow
import Testing

@Suite("A task's identity")
struct TaskIdentityTests {
    private func leased(
        _ request: TaskRequest, inputs: [TaskInput] = [], attempt: Int = 1, worker: String = "w"
    ) -> LeasedTask {
        LeasedTask(
            job: JobID("job"), request: request, inputs: inputs, attempt: attempt, failures: 0, worker: worker,
            expires: Date(timeIntervalSince1970: 0))
    }

    private func identity(_ task: LeasedTask, version: String = "1") -> ContentHash {
        TaskIdentity.hash(of: task, handlerVersion: version)
    }

    @Test("stays the same between releases; if it changes, every cache is lost")
    func isStable() {
        let input = TaskInput(
            name: "in", output: Data("1".utf8),
            artifacts: [Artifact(name: "f", hash: ContentHash.of(Data("f".utf8)), bytes: 1)])
        #expect(
            identity(leased(task("a", parameters: #"{"crf":23}"#), inputs: [input])).hex
                == "6b2e16ef1b08dcf286877aa7a5cc53c09bee45eec21f340d1b76acf0a599efc6")
    }

    @Test("does not depend on names, slots, attempts or workers")
    func ignores() {
        let one = leased(task("a", slots: 1))
        let other = leased(task("b", slots: 4, attempts: 9), attempt: 7, worker: "x")
        #expect(identity(one) == identity(other))
    }

    @Test("depends on kind, version, parameters and the inputs' order and content")
    func depends() {
        let first = TaskInput(name: "x", output: Data("1".utf8), artifacts: [])
        let second = TaskInput(name: "y", output: Data("2".utf8), artifacts: [])
        let file = TaskInput(
            name: "x", output: Data("1".utf8),
            artifacts: [Artifact(name: "f", hash: ContentHash.of(Data()), bytes: 0)])
        let identities = [
            identity(leased(task("a"))),
            identity(leased(task("a")), version: "2"),
            identity(leased(task("a", kind: "k"))),
            identity(leased(task("a", parameters: "1"))),
            identity(leased(task("a"), inputs: [first])),
            identity(leased(task("a"), inputs: [first, second])),
            identity(leased(task("a"), inputs: [second, first])),
            identity(leased(task("a"), inputs: [file])),
        ]
        #expect(Set(identities).count == identities.count)
    }
}
